import { Injectable } from '@nestjs/common';
import { AmazonPages } from './amazon-pages.js';
import type { WebhookSettings } from './webhook-settings.js';
import { GatewaySettings } from '../settings.js';
import type { WebhookReceiver } from './delivery.js';
import { FacebookReceiver } from './vendors/facebook.receiver.js';
import { GoHighLevelReceiver } from './vendors/gohighlevel.receiver.js';
import { HubSpotReceiver } from './vendors/hubspot.receiver.js';
import { KeapReceiver, SecretAddressReceiver } from './vendors/secret-address.receiver.js';
import { ResendReceiver } from './vendors/resend.receiver.js';
import { SesReceiver } from './vendors/ses.receiver.js';
import { StripeReceiver } from './vendors/stripe.receiver.js';
import { ZoomReceiver } from './vendors/zoom.receiver.js';
import { WebhookEndpoints } from './webhook-endpoints.js';

/** Every vendor whose webhooks are received. */
export const receiversOf = (
  settings: WebhookSettings,
  endpoints: WebhookEndpoints,
  amazon: AmazonPages,
): readonly WebhookReceiver[] => [
  new KeapReceiver('keap', endpoints),
  new SecretAddressReceiver('activecampaign', endpoints),
  new SecretAddressReceiver('ontraport', endpoints),
  new GoHighLevelReceiver(settings.gohighlevelKeys),
  new HubSpotReceiver(settings.hubspotSecrets, settings.publicUrl),
  new ZoomReceiver(settings.zoomSecrets),
  new FacebookReceiver(settings.facebookSecrets, settings.facebookVerifyToken),
  new SesReceiver(settings.sesTopics, amazon),
  new ResendReceiver(settings.resendSecrets),
  new StripeReceiver(settings.stripeSecrets),
];

/** The receivers of this installation. */
@Injectable()
export class Receivers {
  readonly all: readonly WebhookReceiver[];

  constructor(settings: GatewaySettings, endpoints: WebhookEndpoints, amazon: AmazonPages) {
    this.all = receiversOf(settings.webhooks, endpoints, amazon);
  }
}
