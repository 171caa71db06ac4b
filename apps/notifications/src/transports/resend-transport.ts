import { z } from 'zod';
import { HttpClient, isHttpFailure, type HttpResponse } from '#http';
import { MailNotTaken, oneAddress, unsubscribeHeaders } from './mail-transport.js';
import type { MailTransport, OutgoingMail } from './mail-transport.js';

const Taken = z.object({ id: z.string() });

/** A wrong key and a full quota are the operator's to mend; the mail can wait for that. */
const MENDABLE = new Set([401, 403, 408, 409, 429]);

/** Tags may hold letters, digits, `_` and `-` only. */
const tagText = (text: string): string => text.replace(/[^A-Za-z0-9_-]/g, '_');

const bodyOf = (mail: OutgoingMail): Record<string, unknown> => ({
  from: mail.from,
  to: [oneAddress(mail.to.address)],
  subject: mail.subject,
  html: mail.html,
  text: mail.text,
  ...(mail.replyTo !== undefined && { reply_to: mail.replyTo }),
  ...(mail.unsubscribeUrl !== undefined && { headers: unsubscribeHeaders(mail.unsubscribeUrl) }),
  tags: [
    { name: 'template_type', value: mail.templateId },
    ...(mail.accountId === undefined ? [] : [{ name: 'account_id', value: tagText(mail.accountId) }]),
  ],
});

/** Mail by the HTTP API of Resend. */
export function resendTransport({ url, apiKey }: { url: string; apiKey: string }): MailTransport {
  const http = new HttpClient();
  return {
    async send(mail: OutgoingMail): Promise<string> {
      const answer = await ask(http, {
        url: `${url.replace(/\/+$/, '')}/emails`,
        headers: { authorization: `Bearer ${apiKey}`, 'idempotency-key': mail.id },
        json: bodyOf(mail),
      });
      return taken(answer);
    },
    close: () => http.close(),
  };
}

async function ask(
  http: HttpClient,
  request: { url: string; headers: Record<string, string>; json: unknown },
): Promise<HttpResponse> {
  try {
    return await http.request({ method: 'POST', ...request });
  } catch (error) {
    throw new MailNotTaken('later', 'Resend did not answer.', { cause: error });
  }
}

/** The mail was taken, whatever its id: sending it again would be worse than not knowing. */
function idIn(answer: HttpResponse): string {
  try {
    return Taken.safeParse(answer.json()).data?.id ?? '';
  } catch (error) {
    if (isHttpFailure(error)) return '';
    throw error;
  }
}

function taken(answer: HttpResponse): string {
  if (answer.status >= 200 && answer.status < 300) {
    return idIn(answer);
  }
  const again = answer.status >= 500 || MENDABLE.has(answer.status) ? 'later' : 'never';
  throw new MailNotTaken(again, `Resend refused the message (${answer.status}).`);
}
