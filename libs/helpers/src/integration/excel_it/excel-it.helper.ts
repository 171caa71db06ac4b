import { z } from 'zod';
import { choice, fieldName, flag, text, wholeNumber } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { plainFileName } from '../../_kit/files/file-name.js';
import { keepFile } from '../../_kit/files/keep-file.js';
import type { StoredFile } from '../../_kit/outside-ports.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { csvText } from './csv-text.js';
import { contactRow, taggedRows } from './export-rows.js';
import { workbook } from './workbook.js';

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const excelItConfig = z.object({
  // Anything may be in old lists: what is no text is left out.
  fields: z
    .array(z.union([z.string(), z.unknown()]))
    .min(1)
    .meta({ description: 'Fields, one column each: names, keys or labels' }),
  format: choice(['csv', 'xlsx'], 'Kind of file').default('csv'),
  delimiter: z.string().min(1).default(',').meta({ description: 'csv: separator of the cells' }),
  include_headers: flag('The first row holds the names of the fields').default(true),
  tag_id: text('Exports every contact with this tag instead of the one of the run; id or name').optional(),
  file_name: text('Name of the file, without ending').optional(),
  save_url_to: fieldName("Field of the run's contact that receives the link").optional(),
  link_days: wholeNumber('Days for which the link works')
    .refine((days) => days >= 1 && days <= 365, { error: 'Must be 1 to 365' })
    .default(7),
});
type ExcelItConfig = z.output<typeof excelItConfig>;

/** @throws HelperFailure `no_fields`, `invalid_config_at_run` */
function columnsOf({ fields, delimiter }: ExcelItConfig): string[] {
  const columns = fields.filter((field) => typeof field === 'string').filter((field) => field.trim() !== '');
  if (columns.length === 0) throw new HelperFailure('no_fields', 'give_up', 'Name at least one field to export.');
  if (!/["\r\n]/.test(delimiter)) return columns;
  throw new HelperFailure('invalid_config_at_run', 'give_up', 'The delimiter must not be a quote or a line break.');
}

type Rows = readonly (readonly string[])[];

async function asFile({ config, crm }: RunContext<ExcelItConfig>, rows: Rows): Promise<StoredFile> {
  const { format, tag_id: tag, file_name: given, delimiter } = config;
  const name = plainFileName(`${given ?? (tag === undefined ? `contact-${crm.contactId}` : 'contacts')}.${format}`);
  if (format === 'xlsx') return { name, contentType: WORKBOOK, bytes: await workbook(rows) };
  const bytes = new TextEncoder().encode(csvText(rows, delimiter));
  return { name, contentType: 'text/csv; charset=utf-8', bytes };
}

export const excelIt = defineHelper({
  type: 'excel_it',
  category: 'integration',
  title: 'Excel It',
  summary: 'Exports fields of a contact, or of all contacts with a tag, as a CSV or Excel file.',
  rules: [
    'The file is kept for the account; the output holds a signed link that works for `link_days` days and can go to a field.',
    'Fields are named by key or label, in both spellings of standard fields; an unknown one gives empty cells.',
    'xlsx makes a workbook whose cells are all text. In CSV a value that a spreadsheet would run as a formula gets an apostrophe in front.',
    'With `tag_id` every contact with the tag is a row, at most 20,000.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { storeFile: 'repeatable', setContactFieldValue: 'repeatable' },
  config: excelItConfig,

  async run(context) {
    const { config, crm, identity, remember } = context;
    const { tag_id: tag, save_url_to: field } = config;
    const fields = columnsOf(config);
    const kept = await remember('file', async () => {
      const rows = tag === undefined ? await contactRow(crm, fields) : await taggedRows(crm, tag, fields);
      const file = await asFile(context, config.include_headers ? [fields, ...rows] : rows);
      return { rows: rows.length, ...(await keepFile(context, file, config.link_days)) };
    });
    const writes = new PartialWrites(context);
    if (field !== undefined) {
      const action = { type: 'field_updated', target: field, value: kept.url };
      await writes.attempt(`${field} could not be written`, () => crm.writeField(field, kept.url), action);
    }
    const result = writes.result({
      format: config.format,
      delimiter: config.delimiter,
      include_headers: config.include_headers,
      fields,
      contact_id: crm.contactId,
      account_id: identity.accountId,
      user_id: identity.userId ?? '',
      helper_id: identity.helperId,
      file_name: kept.name,
      file_key: kept.key,
      file_size: kept.size,
      row_count: kept.rows,
      download_url: kept.url,
    });
    return { ...result, actions: [{ type: 'file_exported', target: kept.name, value: kept.url }, ...writes.actions] };
  },
});
