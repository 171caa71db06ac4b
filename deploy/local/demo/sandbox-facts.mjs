/** What the demo uses of the sandbox CRM; apps/sandbox-crm/src/demo-facts.ts is where these are defined. */
export const SANDBOX = {
  demoKey: 'sandbox-demo-key',
  adminSecret: 'sandbox-admin',
  contactId: '1001',
  numericField: { id: '7', label: 'Score' },
};

/** Looks at the demo's contact inside the CRM, past everything that the product does. */
export async function contactInSandbox(sandboxUrl, env) {
  const answer = await fetch(`${sandboxUrl}/_admin/contacts/${SANDBOX.contactId}`, {
    headers: { 'x-sandbox-admin': env.MFH_SANDBOX_ADMIN_SECRET ?? SANDBOX.adminSecret },
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`the sandbox CRM answered ${answer.status} for contact ${SANDBOX.contactId}`);
  const contact = await answer.json();
  return {
    name: `${contact.first_name} ${contact.last_name}`,
    value: contact.custom_fields[SANDBOX.numericField.id],
  };
}
