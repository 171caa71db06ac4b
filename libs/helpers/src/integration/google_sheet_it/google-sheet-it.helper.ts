import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { openSheet } from '../../_services/google-sheets/google-sheets-client.js';
import { contactsToWrite } from './contacts-to-write.js';
import { googleSheetItConfig, reshapeGoogleSheet } from './google-sheet-it.config.js';
import { columnsOf, rowOf } from './sheet-columns.js';
import { appendRows, replaceRows, updateRows } from './write-rows.js';

const WRITERS = { replace: replaceRows, append: appendRows, update: updateRows };

export const googleSheetIt = defineHelper({
  type: 'google_sheet_it',
  category: 'integration',
  title: 'Google Sheet It',
  summary: 'Writes the contact, or the contacts of a tag, to a Google spreadsheet.',
  rules: [
    'The spreadsheet is given by id or address, the tab by number or title.',
    'Columns are Id, FirstName, LastName, Email, Phone, Company and the custom fields by name, unless `column_mappings` says otherwise.',
    '`replace` leaves exactly these rows; up to `chunk_size` rows are replaced in one step, so that nothing is lost when it fails.',
    '`append` adds rows below the last one, each cell under the title of its column; an empty sheet gets the titles first.',
    '`update` changes the row whose key column has the same value, and leaves its other cells; a contact without a row is appended.',
    'Everything is written as text: formulas do not run, and 007 stays 007.',
    'Where an append was interrupted the run fails with `effect_in_doubt`, so that no row appears twice.',
  ],
  requiresCrm: true,
  requiresContact: false,
  platforms: [],
  services: ['google_sheets'],
  effects: { http: { inDoubt: 'ask' } },
  aliases: { action: 'mode' },
  reshape: reshapeGoogleSheet,
  config: googleSheetItConfig,

  async run(context) {
    const { config, crm } = context;
    const { spreadsheet_id: spreadsheetId, sheet_id: tab, sheet_name: title, mode } = config;
    if (tab !== undefined && !/^\d{1,10}$/.test(tab)) {
      throw new HelperFailure(
        'invalid_config_at_run',
        'give_up',
        'sheet_id is a number; a title belongs in sheet_name.',
      );
    }
    const sheetId = tab === undefined ? undefined : Number(tab);
    const sheet = await openSheet(context, { spreadsheetId, sheetId, title }, config.google_connection_id);
    const contacts = await contactsToWrite(context);
    const labels = config.translate_headers ? await crm.getCustomFields() : null;
    const columns = config.column_mappings.length > 0 ? config.column_mappings : columnsOf(contacts, labels);
    const rows = contacts.map((contact) => rowOf(contact, columns));
    await WRITERS[mode](context, sheet, columns, rows);
    return {
      success: true,
      modifiedData: { spreadsheet_id: spreadsheetId, sheet_id: sheet.sheetId, rows_written: rows.length, mode },
    };
  },
});
