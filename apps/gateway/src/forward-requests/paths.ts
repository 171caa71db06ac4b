const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/';

const PUBLIC_EXECUTION = /^\/helper\//;
const EXECUTION = /^\/helpers\/[^/]+\/execute\/?$/;
const HOSTED_PAGE = /^\/(?:timer\/?$|t\/)/;
const FILE_UPLOAD = /^\/t\/[^/]+\/files\/?$/;
const WEBHOOK = /^\/(?:webhooks\/|billing\/webhook\/?$)/;
const UNMETERED = /^\/(?:executions\/stream|webhooks\/|billing\/webhook)|\/health\/?$/;

/** `/helper/...`: executions by key, which any web page and any system may ask for. */
export const isPublicExecution = (url: string): boolean => PUBLIC_EXECUTION.test(pathOf(url));

/** Every way to ask for an execution; these have the helper's own limits and a smaller body. */
export const isExecution = (url: string): boolean => isPublicExecution(url) || EXECUTION.test(pathOf(url));

/** Pages and pictures behind signed links, which mails and any web page may show; each link has limits of its own. */
export const isHostedPage = (url: string): boolean => HOSTED_PAGE.test(pathOf(url));

/** Where people hand in files. */
export const isFileUpload = (url: string): boolean => FILE_UPLOAD.test(pathOf(url));

/** Where vendors send their webhooks. */
export const isWebhook = (url: string): boolean => WEBHOOK.test(pathOf(url));

/** Paths outside the limits of the API: executions, hosted pages, streams, health and verified webhooks. */
export const isOutsideApiLimits = (url: string): boolean =>
  isExecution(url) || isHostedPage(url) || UNMETERED.test(pathOf(url));

const LINKING_SIGN_IN = /^\/oauth\/interactions\/[^/]+\/sign-in\/?$/;
const APP_PROOF = /^\/oauth\/(?:token|revoke)\/?$/;

/** Where linked apps show who they are in the `Authorization` header, by a name and secret of their own. */
export const isAppProof = (url: string): boolean => APP_PROOF.test(pathOf(url));

const PASSWORD_PATHS: ReadonlySet<string> = new Set([
  '/auth/login',
  '/auth/register',
  '/auth/password',
  '/auth/reset-password',
]);

/** Whether a password is hashed before the answer: such requests wait for each other. */
export const checksPassword = (url: string): boolean => {
  const path = pathOf(url);
  return PASSWORD_PATHS.has(path) || LINKING_SIGN_IN.test(path);
};
