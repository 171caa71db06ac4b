import { PlainError } from '../../../tools/bootstrap/plain-error.mjs';
import { runCommand } from '../../../tools/bootstrap/run-command.mjs';
import { ApiClient } from './api-client.mjs';
import { readDemoAccount, writeDemoAccount } from './demo-account.mjs';
import { executeAndWatch } from './execution-story.mjs';
import { SANDBOX } from './sandbox-facts.mjs';

/**
 * On the first start: goes through the product as a new customer would, over the public API, and tells what
 * happens. On later starts it only reminds of the demo account.
 * @param context `{config, env, say}`; `env` as the services have it
 */
export async function runDemo({ config, env, say }) {
  const account = readDemoAccount(config.dataDir);
  if (account.finished) {
    say(`Demo account   ${account.email}, password ${account.password}\n`);
    return;
  }
  const step = { now: 'signing up' };
  try {
    await tellStory({ config, env, say, account, step });
    writeDemoAccount(config.dataDir, { ...account, finished: true });
  } catch (error) {
    throw new PlainError(
      `The demo failed while ${step.now}: ${error.message.replace(/\.$/, '')}. ` +
        `The logs are in ${config.logsDir}; "npm start -- --no-demo" starts without it.`,
    );
  }
}

async function tellStory({ config, env, say, account, step }) {
  say('First start: a demo account tries the product out, over the same API that everybody uses.\n');
  const api = new ApiClient(config.publicUrl);
  const { token, account_id: accountId } = await signUp(api, account);
  const owner = api.as({ authorization: `Bearer ${token}` });
  say(`1. Account     ${account.email}, password ${account.password}`);

  step.now = 'setting the plan';
  const setPlan = ['dist/tools/mfh/src/main.js', 'set-plan', accountId, 'deliver'];
  const { ok, output } = await runCommand(process.execPath, setPlan, { cwd: config.projectRoot, env });
  if (!ok) throw new Error(`"mfh set-plan" said: ${output.trim()}`);
  say('2. Plan        deliver');

  step.now = 'connecting the sandbox CRM';
  const connection = await connectSandbox(owner);
  say(`3. Connection  "${connection.name}" to the sandbox CRM (${config.sandboxUrl})`);

  step.now = 'creating an API key';
  const { data: key } = await owner.post('/api-keys', { name: 'Demo key' });
  say(`4. API key     ${key.key}`);

  step.now = 'creating a helper';
  const helper = await createHelper(owner, connection);
  say(`5. Helper      "${helper.name}" (${helper.helper_type}): ${helper.description}\n`);

  step.now = 'executing the helper';
  await executeAndWatch({ config, env, say, api, owner, helper, apiKey: key.key });
}

/** Registers, or signs in where an interrupted demo had registered already. */
async function signUp(api, { email, password, name, company }) {
  try {
    const { data } = await api.post('/auth/register', { email, password, name, company });
    return { token: data.token, account_id: data.account.account_id };
  } catch (error) {
    if (error.status !== 409) throw error;
    const { data } = await api.post('/auth/login', { email, password });
    return { token: data.token, account_id: data.account.account_id };
  }
}

async function connectSandbox(owner) {
  const { data: existing } = await owner.get('/platforms/sandbox/connections');
  const connection =
    existing[0] ??
    (
      await owner.post('/platforms/sandbox/connections', {
        name: 'Sandbox',
        credentials: { api_key: SANDBOX.demoKey },
      })
    ).data;
  await owner.post(`/platforms/sandbox/connections/${connection.connection_id}/test`);
  return connection;
}

async function createHelper(owner, connection) {
  const { data: fields } = await owner.get(`/platforms/sandbox/connections/${connection.connection_id}/fields`);
  const field = fields.custom_fields.find(({ label }) => label === SANDBOX.numericField.label);
  if (!field) throw new Error(`the sandbox CRM has no field "${SANDBOX.numericField.label}"`);
  const { data: helper } = await owner.post('/helpers', {
    name: 'Add ten points',
    description: `adds 10 to the field "${field.label}"`,
    helper_type: 'math_it',
    connection_id: connection.connection_id,
    config: { field: field.key, operation: 'add', operand: 10 },
  });
  return helper;
}
