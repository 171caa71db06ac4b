/**
 * The cookie that lets pages of the same origin read `/api/*` without a bearer token. The token in it has an audience
 * of its own, so that it opens nothing but those reads.
 */
export const SESSION_COOKIE = { name: 'mfh_session', path: '/api', audience: 'mfh-api-reads' } as const;
