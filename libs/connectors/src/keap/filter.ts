/**
 * One criterion of Keap's filter language. Its signs cannot be escaped in a value, so a value that holds them is
 * refused instead of asking for something else.
 * @returns undefined when the value cannot be asked for
 */
export function criterion(property: string, value: string): string | undefined {
  if (value === '' || /[;*\r\n]/.test(value)) return undefined;
  return `${property}==${value}`;
}
