import { escapeHtml, page } from '../server/html.js';
import type { AuthorizationRequest } from './authorization-request.js';

/** The form on which a person allows the client to act for them. */
export function consentPage(request: AuthorizationRequest, connection: string, action: string): string {
  const { clientId, redirectUri, state, scope, challenge } = request;
  const hidden: Record<string, string> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    scope,
    ...(challenge === undefined ? {} : { code_challenge: challenge, code_challenge_method: 'S256' }),
  };
  const inputs = Object.entries(hidden)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('\n');
  return page(
    'Allow access',
    `<p><strong>${escapeHtml(clientId)}</strong> asks to read and change everything in this sandbox CRM
(scope <code>${escapeHtml(scope)}</code>) and will be sent back to <code>${escapeHtml(redirectUri)}</code>.</p>
<form method="post" action="${action}">
${inputs}
<p><label>Connect as <input name="user" value="${escapeHtml(connection)}"></label></p>
<p><button name="decision" value="approve">Allow</button> <button name="decision" value="deny">Deny</button></p>
</form>`,
  );
}

export function errorPage(problem: string): string {
  return page('This request cannot be answered', `<p>${escapeHtml(problem)}</p>`);
}
