import type { VendorTraits } from '../_kit/translate/vendor-traits.js';
import { READ_WITH_EVERY_CONTACT } from './contact-mapper.js';

/**
 * HubSpot's names. Values need no translation here: how a text is to be read depends on the property's options, which
 * the connector knows.
 */
export const hubspotTraits: VendorTraits = {
  standardFields: {
    first_name: 'firstname',
    last_name: 'lastname',
    email: 'email',
    phone: 'phone',
    company: 'company',
    job_title: 'jobtitle',
    website: 'website',
    birthday: 'date_of_birth',
    address1: 'address',
    city: 'city',
    state: 'state',
    zip: 'zip',
    country: 'country',
  },
  vendorKeys: ['id', ...READ_WITH_EVERY_CONTACT],
  aliases: {
    email1: 'email',
    emailaddress: 'email',
    phone1: 'phone',
    phone2: 'mobilephone',
    mobile: 'mobilephone',
    streetaddress1: 'address',
    postalcode: 'zip',
    dateofbirth: 'date_of_birth',
    owner: 'hubspot_owner_id',
    ownerid: 'hubspot_owner_id',
    score: 'hubspotscore',
    datecreated: 'createdate',
    createdat: 'createdate',
    lastupdated: 'lastmodifieddate',
    updatedat: 'lastmodifieddate',
    contactid: 'id',
  },
  readValue: (_field, value) => value,
  writeValue: (_field, value) => value,
};
