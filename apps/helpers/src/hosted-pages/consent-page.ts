import type { Answer } from '#service-defaults';
import { escapeHtml, htmlPage } from './html-page.js';

/**
 * Asks a person to confirm. Opening the page does nothing: programs that look into mails open every link.
 * @param eventsPath where the confirmation goes
 */
export function consentPage(email: string, eventsPath: string): Answer<string> {
  return htmlPage({
    title: 'Please confirm',
    body: `<h1>Please confirm</h1>
    <p>Do you want to receive our e-mails${email === '' ? '' : ` at <b>${escapeHtml(email)}</b>`}?</p>
    <form method="post" action="${escapeHtml(eventsPath)}"><button>Yes, confirm</button></form>`,
  });
}
