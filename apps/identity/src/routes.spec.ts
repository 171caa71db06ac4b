import { it } from '@jest/globals';
import { assertRoutesAreComplete } from '#service-defaults';
import { IdentityModule } from './identity.module.js';

it('describes every route: summary, answer, input, access rule', () => assertRoutesAreComplete(IdentityModule));
