/** An amount as orders carry it: in the smallest unit, with a text for people. */
export function money(minor: number): Record<string, unknown> {
  const sign = minor < 0 ? '-' : '';
  const formatted = (Math.abs(minor) / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
  return { amount: minor, currency_code: 'USD', formatted_amount: `${sign}$${formatted}` };
}
