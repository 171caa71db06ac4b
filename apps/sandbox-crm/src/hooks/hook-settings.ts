/** How webhooks leave the sandbox. */
export interface HookSettings {
  /** Where the app of each vendor wants its webhooks, and what they are signed with; none without. */
  gohighlevel?: { url: string; privateKey: string } | undefined;
  hubspot?: { url: string; secret: string } | undefined;
  /** How many times faster than the vendors deliver and repeat. */
  speed: number;
}

export const DEFAULT_HOOKS: HookSettings = { speed: 100 };
