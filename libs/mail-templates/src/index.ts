export type { MailSurroundings } from './mail-content.js';
export { renderMail } from './render-mail.js';
export type { RenderedMail } from './render-mail.js';
export { sampleVariables } from './sample-variables.js';
