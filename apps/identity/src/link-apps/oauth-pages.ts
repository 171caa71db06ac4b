import { randomBytes } from 'node:crypto';

export interface Page {
  html: string;
  /** Content-Security-Policy of the page. */
  policy: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const text = (raw: string): string => raw.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const STYLE = `body{margin:0;font-family:system-ui,sans-serif;background:#f8fafc;color:#0f172a}
main{max-width:26rem;margin:3rem auto;padding:2rem;background:#fff;border-radius:.6rem;box-shadow:0 1px 4px #0002}
h1{margin:0 0 1rem;font-size:1.3rem}label{display:block;margin:.8rem 0 .3rem;font-size:.9rem}
input,select{box-sizing:border-box;width:100%;padding:.55rem;font:inherit;border:1px solid #cbd5e1;border-radius:.4rem}
button{margin:1.2rem .6rem 0 0;padding:.6rem 1.2rem;font:inherit;border:0;border-radius:.4rem;background:#2563eb;color:#fff}
button.no{background:#e2e8f0;color:#0f172a}.fault{color:#b91c1c}li{margin:.3rem 0}`;

/** @param target where the forms of the page may lead in the end, beside this host */
function page(title: string, body: string, target?: string): Page {
  const nonce = randomBytes(16).toString('base64url');
  const forms = target === undefined ? "'self'" : `'self' ${new URL(target).origin}`;
  return {
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="robots" content="noindex" />
<title>${text(title)}</title>
<link rel="icon" href="data:," />
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main><h1>${text(title)}</h1>${body}</main></body>
</html>
`,
    policy:
      `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; form-action ${forms}; ` +
      "base-uri 'none'; frame-ancestors 'none'",
  };
}

interface Step {
  /** Path of the interaction. */
  path: string;
  /** Ties a form to the interaction that it was shown in. */
  proof: string;
  appName: string;
  redirectUri: string;
}

const hidden = ({ proof }: Step): string => `<input type="hidden" name="proof" value="${text(proof)}" />`;

const fault = (message: string | undefined): string =>
  message === undefined ? '' : `<p class="fault" role="alert">${text(message)}</p>`;

/** Asks for address and password. The password is never shown again, whatever went wrong. */
export function signInPage(step: Step, { email = '', message }: { email?: string; message?: string } = {}): Page {
  return page(
    `Sign in to link ${step.appName}`,
    `${fault(message)}<form method="post" action="${text(step.path)}/sign-in">${hidden(step)}
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${text(email)}" />
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required />
<button type="submit">Sign in</button></form>`,
    step.redirectUri,
  );
}

/** Asks for the code of the authenticator app, or a recovery code. */
export function codePage(step: Step, { mfaToken, message }: { mfaToken: string; message?: string }): Page {
  return page(
    'Enter your code',
    `${fault(message)}<form method="post" action="${text(step.path)}/sign-in">${hidden(step)}
<input type="hidden" name="mfa_token" value="${text(mfaToken)}" />
<label for="code">Code of your authenticator app, or a recovery code</label>
<input id="code" name="mfa_code" autocomplete="one-time-code" required />
<button type="submit">Go on</button></form>`,
    step.redirectUri,
  );
}

interface Consent extends Step {
  /** What the app asks for, in words. */
  wishes: readonly string[];
  accounts: readonly { id: string; name: string }[];
  chosenAccount: string;
  email: string;
}

/** Asks whether the app may have what it asks for, and in which account. */
export function consentPage(consent: Consent): Page {
  const { path, appName, wishes, accounts, chosenAccount, email, redirectUri } = consent;
  const options = accounts.map(
    ({ id, name }) => `<option value="${text(id)}"${id === chosenAccount ? ' selected' : ''}>${text(name)}</option>`,
  );
  return page(
    `Link ${appName}?`,
    `<p>You are signed in as ${text(email)}. ${text(appName)} will be able to:</p>
<ul>${wishes.map((wish) => `<li>${text(wish)}</li>`).join('')}</ul>
<p>It never gets more rights than you have, and you can end this at any time.</p>
<form method="post" action="${text(path)}/consent">${hidden(consent)}
<label for="account">Account</label><select id="account" name="account_id">${options.join('')}</select>
<button name="decision" value="allow">Allow</button>
<button class="no" name="decision" value="deny">Do not allow</button></form>`,
    redirectUri,
  );
}

/** Where there is no way back to the app. */
export const errorPage = (message: string): Page =>
  page('This did not work', `<p>${text(message)}</p><p>Go back to the app and link it again.</p>`);
