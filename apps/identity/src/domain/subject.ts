/** The bare subject of a user id: `user:` is left out. */
export const subjectOf = (userId: string): string => userId.slice(userId.indexOf(':') + 1);
