const GROUP = 'Contact Info';

const field = (key: string, label: string, field_type: 'text' | 'email' | 'phone') => ({
  key,
  label,
  field_type,
  group_name: GROUP,
});

/** Fields that every CRM's contacts have here, in the order in which forms show them. */
export const STANDARD_FIELDS = [
  field('first_name', 'First Name', 'text'),
  field('last_name', 'Last Name', 'text'),
  field('email', 'Email', 'email'),
  field('phone', 'Phone', 'phone'),
  field('company', 'Company', 'text'),
  field('job_title', 'Job Title', 'text'),
];
