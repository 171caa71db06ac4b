import { defineHelper } from '../../_kit/define-helper.js';
import { requestedFile } from './given-file.js';
import { sendFile } from './send-file.js';
import { uploadItConfig } from './upload-it.config.js';
import { offerPage, recordUpload } from './upload-page.js';

export const uploadIt = defineHelper({
  type: 'upload_it',
  category: 'integration',
  title: 'Upload It',
  summary: 'Sends a file to a URL as a form, or offers the contact a page to upload a file.',
  rules: [
    "send: the file is the request's (`file` with name and content, content_base64, url or key), else the stored file whose key is `file_path`. Nothing is read from a server's disk.",
    'send: an answer of 200 to 299 is success. The request carries an Idempotency-Key that is the same in all attempts; only public addresses are called.',
    'page: makes a signed link for the contact, which can go to a field. A file that arrives there starts a run of this helper with the file in its request.',
    'page: a run with a file writes a link to it to a field and achieves the goal.',
    'Programs are refused, and files of other kinds than `allowed_types`.',
  ],
  requiresCrm: false,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: {
    http: { inDoubt: 'repeat' },
    storeFile: 'repeatable',
    setContactFieldValue: 'repeatable',
    achieveGoal: { inDoubt: 'ask' },
  },
  reshape: (config) =>
    config['mode'] === undefined && config['upload_url'] === undefined && config['goal'] !== undefined
      ? { ...config, mode: 'page' }
      : config,
  config: uploadItConfig,

  async run(context) {
    if (context.config.mode === 'send') return sendFile(context);
    return requestedFile(context.input) === undefined ? offerPage(context) : recordUpload(context);
  },
});
