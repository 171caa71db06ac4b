import { button, facts, greeting, paragraph } from '../mail-content.js';
import type { MailWriters } from '../mail-content.js';
import { dayText, numberText } from '../wording.js';

type ProductMail = 'execution_alert' | 'connection_alert' | 'helper_report' | 'weekly_summary' | 'account_notification';

const PROBLEMS = {
  authorisation_expired: 'no longer lets us in and needs to be authorised again',
  test_failed: 'did not pass its test',
} as const;

/** Executions that succeeded, in whole percent; rounded down, so that 100 means all of them. */
const successRate = (succeeded: number, executed: number): string | undefined =>
  executed === 0 ? undefined : `${Math.floor((succeeded * 100) / executed)} %`;

export const productWriters: MailWriters<ProductMail> = {
  execution_alert: ({ name, account_name, helper_name, error_message, failures, helper_id }, { appUrl }) => ({
    subject: `The helper ${helper_name} failed`,
    heading: `${helper_name} failed`,
    blocks: [
      greeting(name),
      paragraph(
        failures > 1
          ? `${numberText(failures)} executions of the helper ${helper_name} failed. The last one said:`
          : `An execution of the helper ${helper_name} failed:`,
      ),
      ...facts(['Error', error_message], ['Account', account_name]),
      button(
        'Look at the executions',
        `${appUrl}/executions${helper_id === undefined ? '' : `?helper_id=${encodeURIComponent(helper_id)}`}`,
      ),
    ],
  }),
  connection_alert: ({ name, account_name, connection_name, platform_name, problem }, { appUrl }) => ({
    subject: `The connection ${connection_name} needs you`,
    heading: 'A connection needs you',
    blocks: [
      greeting(name),
      paragraph(`The connection ${connection_name} ${PROBLEMS[problem]}. Helpers that use it wait or fail until then.`),
      ...facts(['Platform', platform_name], ['Account', account_name]),
      button('Open the connections', `${appUrl}/connections`),
    ],
  }),
  helper_report: ({ name, helper_name, details }, { appUrl }) => ({
    subject: `Report of the helper ${helper_name}`,
    heading: helper_name,
    blocks: [greeting(name), paragraph(details), button('Open the app', appUrl)],
  }),
  weekly_summary: (summary, { appUrl }) => ({
    subject: `Your week in ${summary.account_name}`,
    heading: 'Your week',
    blocks: [
      greeting(summary.name),
      paragraph(
        `This is what the helpers of ${summary.account_name} did from ${dayText(summary.week_start)} ` +
          `to ${dayText(summary.week_end)}.`,
      ),
      ...facts(
        ['Helpers', numberText(summary.total_helpers)],
        ['Executions', numberText(summary.total_executed)],
        ['Succeeded', numberText(summary.total_succeeded)],
        ['Failed', numberText(summary.total_failed)],
        ['Success rate', successRate(summary.total_succeeded, summary.total_executed)],
        ['Busiest helper', summary.top_helper],
      ),
      button('See the details', `${appUrl}/reports`),
    ],
  }),
  account_notification: ({ name, subject, message, app_path }, { appUrl }) => ({
    subject,
    heading: subject,
    blocks: [greeting(name), paragraph(message), button('Open the app', `${appUrl}${app_path ?? ''}`)],
  }),
};
