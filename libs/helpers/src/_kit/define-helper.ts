import type { PlatformSlug } from '#connectors';
import type { z } from 'zod';
import type { EffectDeclarations } from './effects.js';
import type { HelperResult } from './helper-result.js';
import type { RunContext } from './run-context.js';

export const HELPER_CATEGORIES = [
  'analytics',
  'automation',
  'contact',
  'data',
  'integration',
  'notification',
  'platform',
  'tagging',
] as const;
export type HelperCategory = (typeof HELPER_CATEGORIES)[number];

/**
 * One helper type: data first, code last. Subject, consumers, JSON Schema, validation, metrics labels and the
 * documentation page all come from here.
 */
export interface HelperDefinition<Schema extends z.ZodType = z.ZodType> {
  /** Lower snake_case, unique: names the folder, the subject and the metrics label. */
  type: string;
  category: HelperCategory;
  /** For people, in lists and forms. */
  title: string;
  /** One sentence. */
  summary: string;
  /** How it behaves, for the documentation page: one sentence a rule. */
  rules: readonly string[];
  /** A run without a CRM connection is refused. */
  requiresCrm: boolean;
  /** A run without a contact is refused. */
  requiresContact: boolean;
  /** CRMs it works with; empty for all. */
  platforms: readonly PlatformSlug[];
  /** Slugs of service connections it uses. */
  services: readonly string[];
  effects: EffectDeclarations;
  /** Other spellings of option names: spelling to name. A value under the name itself wins. */
  aliases?: Readonly<Record<string, string>>;
  /**
   * Brings older shapes of a configuration into the one of the schema; aliases are already replaced.
   * @param services slugs for which the configuration names a service connection
   */
  reshape?(config: Record<string, unknown>, services: readonly string[]): Record<string, unknown>;
  config: Schema;
  run(context: RunContext<z.output<Schema>>): Promise<HelperResult>;
}

/** Does nothing at run time: it gives `config` inside `run` the type of the schema above it. */
export const defineHelper = <Schema extends z.ZodType>(definition: HelperDefinition<Schema>) => definition;

/** Whether a type works with a CRM. `sandbox` speaks for every vendor: a type made for one CRM can be tried there. */
export const supportsPlatform = ({ platforms }: Pick<HelperDefinition, 'platforms'>, platform: string): boolean =>
  platforms.length === 0 || platform === 'sandbox' || platforms.some((slug) => slug === platform);
