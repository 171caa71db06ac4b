import { z } from 'zod';
import { choice, fieldName, flag, requireOption, text } from '../../_kit/config/options.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { externalId } from '../external-id.js';

const column = z.object({
  column: text('Title of the column'),
  field: fieldName('Contact field in it'),
});

export const googleSheetItConfig = z
  .object({
    spreadsheet_id: externalId("Google's id of the spreadsheet, or its address"),
    sheet_id: externalId('Number of the tab').optional(),
    sheet_name: text('Title of the tab, instead of its number').optional(),
    google_connection_id: text('Connection to Google Sheets'),
    search_id: externalId('Tag whose contacts are written, instead of the contact of the run').optional(),
    translate_headers: flag('Titles are the labels of the fields instead of their keys').default(false),
    include_headers: flag('The first row holds the titles').default(true),
    mode: choice(
      ['replace', 'append', 'update'],
      'Replace the content, add to it, or update the row of the contact',
    ).default('replace'),
    key_column: text('Column by which `update` finds the row').default('Email'),
    column_mappings: z
      .array(column)
      .meta({ description: 'Columns and their fields; none: the usual ones and all custom fields' })
      .default([]),
    chunk_size: z.int().min(1).max(50_000).meta({ description: 'Rows a call' }).default(7500),
  })
  .superRefine((config, context) => {
    if (config.sheet_id === undefined && config.sheet_name === undefined)
      requireOption(context, 'sheet_id', 'or sheet_name');
  });
export type GoogleSheetItConfig = z.output<typeof googleSheetItConfig>;

const ADDRESS = /^https:\/\/docs\.google\.com\/spreadsheets\/d\/([\w-]+)/;

/** Accepts the address of a spreadsheet, a list of fields, and a connection named with the other services. */
export function reshapeGoogleSheet(
  config: Record<string, unknown>,
  chosenServices: readonly string[],
): Record<string, unknown> {
  const { sheet_url: url, fields, ...rest } = config;
  const address = fieldText(rest['spreadsheet_id'] ?? url).trim();
  const id = ADDRESS.exec(address)?.[1] ?? (rest['spreadsheet_id'] === undefined ? undefined : address);
  const tab = /[#?&]gid=(\d+)/.exec(address)?.[1];
  const list = typeof fields === 'string' && fields.trim() !== 'all' ? fields.split(',') : fields;
  const columns = Array.isArray(list) ? list.map((each) => fieldText(each).trim()).filter((each) => each !== '') : [];
  const missing = (option: string): boolean => fieldText(rest[option]) === '';
  return {
    ...rest,
    ...(id === undefined ? {} : { spreadsheet_id: id }),
    ...(tab !== undefined && missing('sheet_id') && missing('sheet_name') ? { sheet_id: tab } : {}),
    // The connection named with the other services wins over this one, which then need not be there.
    ...(chosenServices.includes('google_sheets') ? { google_connection_id: 'google_sheets' } : {}),
    ...(columns.length > 0 && rest['column_mappings'] === undefined
      ? { column_mappings: columns.map((field) => ({ column: field, field })) }
      : {}),
  };
}
