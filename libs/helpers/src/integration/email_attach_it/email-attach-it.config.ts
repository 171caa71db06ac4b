import { z } from 'zod';
import { mebibytes } from '../../_kit/files/file-options.js';
import { choice, fieldName, flag, requireOption, text, textList, wholeNumber } from '../../_kit/config/options.js';

export const emailAttachItConfig = z
  .object({
    mode: choice(
      ['download', 'forwarded'],
      'download: fetches a file; forwarded: records mail that was forwarded',
    ).default('download'),
    file_url: text('Address of the file, may hold tokens').optional(),
    filename: text('Name for the file; the one in the address when left out').optional(),
    max_size_mb: mebibytes('Largest file in MiB'),
    allowed_types: textList('Kinds of files that are taken: extensions or media types; all when empty', 0).default([]),
    save_url_to: fieldName('Field that receives a link to the file').optional(),
    add_note: flag('Adds a note with the link to the contact').default(false),
    link_days: wholeNumber('Days for which links work').default(30),
    authorized_senders: textList(
      'forwarded: addresses, or domains such as @example.com, that may forward mail',
      0,
    ).default([]),
    goal_name: text('Goal that is achieved when something was attached').optional(),
  })
  .superRefine(({ mode, file_url: url, authorized_senders: senders }, context) => {
    if (mode === 'forwarded') {
      if (senders.length === 0) requireOption(context, 'authorized_senders', 'to record forwarded mail');
    } else if (url === undefined) requireOption(context, 'file_url', 'to fetch a file');
  });

export type EmailAttachItConfig = z.output<typeof emailAttachItConfig>;
