export { startFakeStripe, STRIPE_WEBHOOK_SECRET } from './fake-stripe/fake-stripe.js';
export type { FakeStripe, StripeFault, StripeRequest } from './fake-stripe/fake-stripe.js';
export { addCard } from './fake-stripe/stripe-cards.js';
export { completeCheckout } from './fake-stripe/stripe-sessions.js';
export type { StripeEvent } from './fake-stripe/stripe-objects.js';
export { freePort } from './free-port.js';
export { fixedClock, type FixedClock } from './fixed-clock.js';
export { freshEnvironment, type FreshEnvironment } from './fresh-environment.js';
export { APP_CLIENTS, LinkingApp, REDIRECT_URI, type AppTokens } from './linking-app.js';
export { startMailServer, type MailServer } from './mail-server.js';
export { type ReceivedMetric, type ReceivedSpan } from './otlp-decoding.js';
export { startOtlpReceiver, type OtlpReceiver } from './otlp-receiver.js';
export { startProductProcesses, type ProductProcesses } from './product-processes.js';
export {
  projectRoot,
  startServiceProcess,
  type Exit,
  type ServiceProcess,
  type ServiceProcessOptions,
} from './service-process.js';
export { hasStripeMock, startStripeMock, type StripeMock } from './stripe-mock.js';
export { waitFor, type WaitOptions } from './wait-for.js';
export { hasObjectServer, startObjectServer, type ObjectServer } from './object-server.js';
