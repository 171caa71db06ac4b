/** Writes `~Contact.Field~`, the tokens of a CRM's own mail editor, as `{{Field}}`. */
export const bracedTokens = (template: string): string =>
  template.replace(/~Contact\.(?<field>[^~{}\s]{1,100})~/g, '{{$<field>}}');
