import { z } from 'zod';
import { mebibytes } from '../../_kit/files/file-options.js';
import { choice, fieldName, requireOption, secret, text, textList, wholeNumber } from '../../_kit/config/options.js';

const LONGEST_LIFE_DAYS = 365;

export const uploadItConfig = z
  .object({
    mode: choice(
      ['send', 'page'],
      'send: sends a file to a URL; page: offers the contact a page to upload a file',
    ).default('send'),
    upload_url: text('send: where the file goes').optional(),
    file_path: text("send: key of one of the account's files, when the request brings none").optional(),
    file_field_name: text('send: form field of the file').default('file'),
    additional_fields: z.record(z.string(), z.unknown()).default({}).meta({ description: 'send: further form fields' }),
    http_method: choice(['POST', 'PUT'], 'send: method').default('POST'),
    auth_header: secret('send: value of the Authorization header').optional(),
    goal: z
      .string()
      .regex(/^[A-Za-z0-9]+$/, { error: 'Must be letters and digits' })
      .optional()
      .meta({ description: 'page: goal that is achieved when a file has arrived' }),
    page_title: text('page: heading').default('Upload a file'),
    save_link_to: fieldName('page: field that receives the link of the page').optional(),
    save_file_to: fieldName('page: field that receives a link to the file').optional(),
    allowed_types: textList('Kinds of files that are taken: extensions or media types; all when empty', 0).default([]),
    max_size_mb: mebibytes('Largest file in MiB'),
    link_days: wholeNumber('Days for which links work')
      .refine((days) => days >= 1 && days <= LONGEST_LIFE_DAYS, { error: `Must be 1 to ${LONGEST_LIFE_DAYS}` })
      .default(30),
  })
  .superRefine(({ mode, upload_url: url }, context) => {
    if (mode === 'page') return;
    if (url === undefined) requireOption(context, 'upload_url', 'to send a file');
  });

export type UploadItConfig = z.output<typeof uploadItConfig>;
