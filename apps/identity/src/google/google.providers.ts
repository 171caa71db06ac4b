import { BeginGoogleSignInController } from '../begin-google-sign-in/begin-google-sign-in.controller.js';
import { LinkGoogleController } from '../link-google/link-google.controller.js';
import { LinkGoogleHandler } from '../link-google/link-google.handler.js';
import { GoogleIdentities } from '../persistence/google-identities.repository.js';
import { GoogleSignIns } from '../persistence/google-sign-ins.repository.js';
import { ProveGoogleIdentityController } from '../prove-google-identity/prove-google-identity.controller.js';
import { ReadGoogleLinkController } from '../read-google-link/read-google-link.controller.js';
import { GoogleNewcomers } from '../sign-in-with-google/google-newcomers.js';
import { SignInWithGoogleController } from '../sign-in-with-google/sign-in-with-google.controller.js';
import { SignInWithGoogleHandler } from '../sign-in-with-google/sign-in-with-google.handler.js';
import { UnlinkGoogleController } from '../unlink-google/unlink-google.controller.js';
import { UnlinkGoogleHandler } from '../unlink-google/unlink-google.handler.js';
import { BegunGoogleSignIns } from './begun-google-sign-ins.js';
import { GoogleClient } from './google-client.js';
import { GOOGLE_SETTINGS, loadGoogleSettings } from './google-config.js';
import { GoogleLinks } from './google-links.js';

/** Everything about signing in with Google. */
export const google = {
  controllers: [
    BeginGoogleSignInController,
    SignInWithGoogleController,
    LinkGoogleController,
    ReadGoogleLinkController,
    UnlinkGoogleController,
    ProveGoogleIdentityController,
  ],
  providers: [
    { provide: GOOGLE_SETTINGS, useFactory: loadGoogleSettings },
    GoogleClient,
    GoogleIdentities,
    GoogleSignIns,
    BegunGoogleSignIns,
    GoogleLinks,
    GoogleNewcomers,
    SignInWithGoogleHandler,
    LinkGoogleHandler,
    UnlinkGoogleHandler,
  ],
};
