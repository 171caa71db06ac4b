/** The end of a start: where everything is, and which CRMs can be connected. */
export function addresses({ publicUrl, sandboxUrl, logsDir, dataDir }, { MFH_CRMS: crms, ...env }) {
  return [
    `API            ${publicUrl}`,
    `API reference  ${publicUrl}/docs`,
    `Health         ${publicUrl}/readyz`,
    `Sandbox CRM    ${sandboxUrl}`,
    ...(sendsMail(env) ? [] : [`Mail           ${publicUrl}/_inbox`]),
    `Data and logs  ${dataDir}, ${logsDir}`,
    '',
    ...(crms === 'sandbox' ? sandboxCrms(sandboxUrl) : REAL_CRMS),
    '',
    'Ctrl-C stops everything and keeps the data.',
  ];
}

/** Without a way to send it, mail is caught in an inbox of ours. */
const sendsMail = (env) =>
  env.MFH_MAIL_TRANSPORT
    ? env.MFH_MAIL_TRANSPORT !== 'capture'
    : [env.MFH_SMTP_URL, env.MFH_SES_REGION, env.MFH_RESEND_API_KEY].some(Boolean);

const sandboxCrms = (sandboxUrl) => [
  'CRMs           Keap, GoHighLevel, ActiveCampaign, Ontraport and HubSpot: the sandbox CRM stands for all five',
  '               key sandbox-demo-key, or sign in by OAuth with no registration (not ActiveCampaign, not Ontraport)',
  `               ActiveCampaign's account URL is ${sandboxUrl}/activecampaign,`,
  "               GoHighLevel's location ID sandbox-location, Ontraport's app ID any text",
  '               recipes: docs/sandbox-crm.md; npm start -- --real-crms calls the vendors instead',
];

const REAL_CRMS = [
  'CRMs           the vendors themselves are called: connections need their keys, OAuth needs MFH_OAUTH_<PLATFORM>_CLIENT_ID',
  '               and MFH_OAUTH_<PLATFORM>_CLIENT_SECRET; without --real-crms the sandbox CRM stands for them',
];
