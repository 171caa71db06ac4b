/** What a query string or a form body is parsed to: a name given twice holds an array. */
export type Form = Record<string, string | string[] | undefined>;

/** The value of a name; of several values the first. */
export function one(form: Form, name: string): string | undefined {
  const value = form[name];
  return Array.isArray(value) ? value[0] : value;
}

/** All values of a name, both repeated (`a=1&a=2`) and listed (`a=1,2`). */
export function listed(form: Form, name: string): string[] | undefined {
  const value = form[name];
  if (value === undefined) return undefined;
  const parts = (Array.isArray(value) ? value : [value]).flatMap((part) => part.split(','));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Parses an `application/x-www-form-urlencoded` body. */
export function parseForm(body: string): Form {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const before = form[name];
    form[name] = before === undefined ? value : [before, value].flat();
  }
  return form;
}
