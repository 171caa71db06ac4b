import { it } from '@jest/globals';
import { assertRoutesAreComplete } from '#service-defaults';
import { AccountsModule } from './accounts.module.js';

it('describes every route: summary, answer, input, access rule', () => assertRoutesAreComplete(AccountsModule));
