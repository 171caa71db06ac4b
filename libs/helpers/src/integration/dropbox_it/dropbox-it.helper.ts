import { z } from 'zod';
import { fieldName, flag, requireOption, text } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { openDropbox } from '../../_services/dropbox/dropbox-client.js';
import { applyTagOption } from '../apply-tag.js';
import { makeContactFolder } from './contact-folder.js';
import { uploadFile } from './upload-file.js';

export const dropboxIt = defineHelper({
  type: 'dropbox_it',
  category: 'integration',
  title: 'Dropbox It',
  summary: 'Writes a text file made of contact data to Dropbox, or makes a folder for the contact.',
  rules: [
    'Path and text may hold `{field}` or `{{Field}}`; unknown tokens become empty. Slashes inside a value become underscores, so that it cannot lead to another folder.',
    'Without `overwrite` a file that exists with other content is kept, and the new one gets another name: `file_path` in the output is the final one.',
    'With `folder_name_field` a folder is made instead, or copied from the template folder, and can be shared with the contact.',
    'The link to file or folder can be saved to a field. A refused field or tag is a warning.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: ['dropbox'],
  effects: { http: { inDoubt: 'repeat' }, setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  config: z
    .object({
      file_path: text('Path of the file, may hold tokens').optional(),
      content_template: text('Text of the file, may hold tokens').optional(),
      overwrite: flag('Replace a file that exists').default(false),
      save_link_to: fieldName('Contact field for the link to the file').optional(),
      folder_name_field: fieldName("Contact field with the name of the contact's folder").optional(),
      parent_folder: text("Folder in which the contact's folder lies; that of the template when left out").optional(),
      template_folder: text('Folder to copy').optional(),
      copy_template_files: flag('Copy the template folder with its files').default(true),
      share_with_contact: flag("Invite the contact's e-mail address to the folder").default(false),
      folder_url_field: fieldName('Contact field for the link to the folder').optional(),
      apply_tag: applyTagOption,
    })
    .superRefine((config, context) => {
      if (config.folder_name_field !== undefined) return;
      if (config.file_path === undefined) requireOption(context, 'file_path', 'for a file');
      if (config.content_template === undefined) requireOption(context, 'content_template', 'for a file');
    }),

  async run(context) {
    const dropbox = await openDropbox(context);
    const { folder_name_field: folder } = context.config;
    return folder === undefined ? uploadFile(context, dropbox) : makeContactFolder(context, dropbox, folder);
  },
});
