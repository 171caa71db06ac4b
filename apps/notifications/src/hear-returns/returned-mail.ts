import { z } from 'zod';

/** What a mail system says of a mail that it took before. */
export interface ReturnedMail {
  status: 'bounced' | 'complained';
  messageId: string;
  addresses: readonly string[];
}

const SesRecipients = z.array(z.object({ emailAddress: z.string() }));
const SesReport = z.object({
  mail: z.object({ messageId: z.string() }),
  bounce: z.object({ bounceType: z.string(), bouncedRecipients: SesRecipients }).optional(),
  complaint: z.object({ complainedRecipients: SesRecipients }).optional(),
});

/** Amazon SES; a bounce that is not permanent (a full mailbox) says nothing of the next mail. */
export function sesReturn(payload: unknown): ReturnedMail | undefined {
  const report = SesReport.safeParse(payload);
  if (!report.success) return undefined;
  const { mail, bounce, complaint } = report.data;
  const of = (status: ReturnedMail['status'], recipients: z.infer<typeof SesRecipients>): ReturnedMail => ({
    status,
    messageId: mail.messageId,
    addresses: recipients.map(({ emailAddress }) => emailAddress),
  });
  if (complaint !== undefined) return of('complained', complaint.complainedRecipients);
  return bounce?.bounceType === 'Permanent' ? of('bounced', bounce.bouncedRecipients) : undefined;
}

const ResendReport = z.object({
  type: z.string(),
  data: z.object({
    email_id: z.string(),
    to: z.union([z.array(z.string()), z.string().transform((one) => [one])]),
    bounce: z.object({ type: z.string() }).optional(),
  }),
});

/** Resend; `Transient` bounces pass. */
export function resendReturn(payload: unknown): ReturnedMail | undefined {
  const report = ResendReport.safeParse(payload);
  if (!report.success) return undefined;
  const { type, data } = report.data;
  const mail = { messageId: data.email_id, addresses: data.to };
  if (type === 'email.complained') return { status: 'complained', ...mail };
  const permanent = type === 'email.bounced' && data.bounce?.type.toLowerCase() !== 'transient';
  return permanent ? { status: 'bounced', ...mail } : undefined;
}
