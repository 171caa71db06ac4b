/** What a form with bracketed names holds: texts, lists and objects. */
export type FormValue = string | FormValue[] | { [name: string]: FormValue };
export type Form = { [name: string]: FormValue };

/** Reads `a[b][0][c]=x` as `{a: {b: [{c: 'x'}]}}`, as the API of Stripe takes its parameters. */
export function readForm(text: string): Form {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/\]?\[|\]$/).filter((part, index) => part !== '' || index === 0);
    let target = form;
    for (const part of path.slice(0, -1)) {
      const inner = target[part];
      target = typeof inner === 'object' && !Array.isArray(inner) ? inner : (target[part] = {});
    }
    // `expand[]=x` has no number of its own.
    const last = name.endsWith('[]') ? undefined : path.at(-1);
    if (last === undefined) append(form, path[0] ?? '', value);
    else target[last] = value;
  }
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, listed(value)]));
}

function append(form: Form, name: string, value: string): void {
  const list = form[name];
  form[name] = Array.isArray(list) ? [...list, value] : [value];
}

/** Objects whose names are 0, 1, 2 … are lists. */
function listed(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, listed(inner)] as const);
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** A text of a form; undefined where there is none. */
export const textOf = (value: FormValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Texts of a form by name. */
export function textsOf(value: FormValue | undefined): Record<string, string> {
  if (typeof value !== 'object' || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
  );
}

/** The members of a list. */
export const listOf = (value: FormValue | undefined): FormValue[] => (Array.isArray(value) ? value : []);
