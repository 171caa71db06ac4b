import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { questions, type ExecutionJob } from '#contracts';
import {
  deliverNotification,
  HelperFailure,
  type HelperDns,
  type HelperFiles,
  type HelperCrypto,
  type HelperHttp,
  type HelperMail,
  type HelperNotifications,
  type PlatformKeys,
  type ServiceConnections,
} from '#helpers';
import { Questions } from '#messaging';
import { ObjectStoreConfig, openObjectStore } from '#object-store';
import { loadConfig } from '#service-defaults';
import { DeliveryConfig } from '../delivery-config.js';
import { accountFiles } from './account-files.js';
import { smtpMail, smtpTransport } from './smtp-mail.js';
import { helperDns, systemResolver } from './system-dns.js';
import { verifySender } from './verify-sender.js';

interface Delivery {
  mail: HelperMail;
  dns: HelperDns;
  files: HelperFiles;
  notifications: HelperNotifications;
  platformKeys: PlatformKeys;
}

/** What one run needs to deliver. */
interface RunParts {
  http: HelperHttp;
  services: ServiceConnections;
  crypto: HelperCrypto;
}

/** Mail, names, files and notifications: what all runs of this process share. */
@Injectable()
export class DeliveryPorts implements OnApplicationShutdown {
  private readonly config = loadConfig(DeliveryConfig);
  private readonly resolver = systemResolver();
  private readonly store = openObjectStore(loadConfig(ObjectStoreConfig));
  private readonly transport = smtpTransport(this.config.MFH_SMTP_URL);
  private readonly checksSenders =
    (this.config.MFH_MAIL_SENDER_CHECK ?? (this.config.MFH_MODE === 'production' ? 'dns' : 'off')) === 'dns';

  constructor(private readonly ask: Questions) {}

  forRun(job: ExecutionJob, { http, services, crypto }: RunParts): Delivery {
    const mail = smtpMail({
      transport: this.transport,
      config: this.config,
      checkSender: async (address) => {
        if (this.checksSenders) await verifySender(this.resolver, address, job.account_id);
      },
      ownerAddress: () => this.ownerAddress(job.account_id),
    });
    const clock = { now: () => new Date() };
    const { account_id: accountId, helper_id: helperId, execution_id: executionId } = job;
    const parts = { http, mail, crypto, clock, services, helperId, executionId };
    return {
      mail,
      dns: helperDns(this.resolver),
      files: accountFiles(this.store, { accountId, executionId }, (key, size) =>
        this.ask.ask(questions.makeRoomForFile, { account_id: accountId, key, size }),
      ),
      notifications: { deliver: (notification, key) => deliverNotification(parts, notification, key) },
      platformKeys: { keyOf: (service) => this.keyOf(service) },
    };
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }

  private keyOf(service: string): string {
    const { MFH_KLEAN13_API_KEY: klean13, MFH_GOOGLE_MAPS_API_KEY: googleMaps } = this.config;
    const key = new Map([
      ['klean13', klean13],
      ['google_maps', googleMaps],
    ]).get(service);
    if (key !== undefined) return key;
    throw new HelperFailure('service_not_configured', 'give_up', `This installation has no key for ${service}.`);
  }

  private async ownerAddress(accountId: string): Promise<string> {
    try {
      const { owner_user_id: owner } = await this.ask.ask(questions.getAccount, { account_id: accountId });
      const { users } = await this.ask.ask(questions.describeUsers, { user_ids: [owner] });
      const address = users[0]?.email;
      if (address !== undefined) return address;
    } catch (error) {
      throw new HelperFailure('owner_unknown', 'retry', 'The address of the account’s owner cannot be read now.', {
        nothingDone: true,
        cause: error,
      });
    }
    throw new HelperFailure('owner_unknown', 'give_up', 'The account’s owner has no address.', { nothingDone: true });
  }
}
