/** Whether a text is an absolute http or https URL with a host. */
export function isHttpUrl(text: string): boolean {
  if (!/^https?:\/\//i.test(text.trim())) return false;
  const url = URL.parse(text.trim());
  return url !== null && url.hostname !== '';
}
