/** Part of a token's lifetime after which a refresh ahead of expiry is worth a call. */
const WORN_AT = 0.8;

/** When a token issued at `issuedAt` should be refreshed although it still works; null for one that never expires. */
export function refreshAfter(issuedAt: Date, expiresAt: Date | undefined): Date | null {
  if (expiresAt === undefined) return null;
  const lifetime = Math.max(0, expiresAt.getTime() - issuedAt.getTime());
  return new Date(issuedAt.getTime() + lifetime * WORN_AT);
}
