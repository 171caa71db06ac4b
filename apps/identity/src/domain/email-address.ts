/** An address as it is stored and compared: one person does not get two accounts by different capitals. */
export const normalEmail = (email: string): string => email.trim().toLowerCase();

/** What register and login accept: something on both sides of one `@`, no spaces. */
export const looksLikeEmail = (email: string): boolean => /^[^\s@]+@[^\s@]+$/.test(email.trim());

/** What a changed address must look like: a host with a dot as well. */
export const looksLikePublicEmail = (email: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email.trim());
