import type { VendorTraits } from '../_kit/translate/vendor-traits.js';
import { VENDOR_KEYS } from './contact-fields.js';

/**
 * Ontraport's names. Values of custom fields are translated by the connector itself, because options are stored by ids
 * that only the account's field list knows.
 */
export const ontraportTraits: VendorTraits = {
  standardFields: {
    first_name: 'firstname',
    last_name: 'lastname',
    email: 'email',
    phone: 'office_phone',
    company: 'company',
    job_title: 'title',
    website: 'website',
    birthday: 'birthday',
    address1: 'address',
    address2: 'address2',
    city: 'city',
    state: 'state',
    zip: 'zip',
    country: 'country',
    sms_number: 'sms_number',
    fax: 'fax',
  },
  vendorKeys: VENDOR_KEYS,
  aliases: {
    emailaddress: 'email',
    phone1: 'office_phone',
    officephone: 'office_phone',
    homephone: 'home_phone',
    mobile: 'sms_number',
    mobilephone: 'sms_number',
    streetaddress1: 'address',
    streetaddress2: 'address2',
    postalcode: 'zip',
    jobtitle: 'title',
    ownerid: 'owner',
    datecreated: 'date',
    createdat: 'date',
    lastupdated: 'dlm',
    updatedat: 'dlm',
    contactid: 'id',
  },
  readValue: (_field, value) => value,
  writeValue: (_field, value) => value,
};
