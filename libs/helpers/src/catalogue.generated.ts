// Generated from the folders of this library by `npm run generate:helpers`; do not edit.
import { customerLifetimeValue } from './analytics/customer_lifetime_value/customer-lifetime-value.helper.js';
import { rfmCalculation } from './analytics/rfm_calculation/rfm-calculation.helper.js';
import { actionIt } from './automation/action_it/action-it.helper.js';
import { chainIt } from './automation/chain_it/chain-it.helper.js';
import { countdownTimer } from './automation/countdown_timer/countdown-timer.helper.js';
import { dripIt } from './automation/drip_it/drip-it.helper.js';
import { goalIt } from './automation/goal_it/goal-it.helper.js';
import { ipNotifications } from './automation/ip_notifications/ip-notifications.helper.js';
import { ipRedirects } from './automation/ip_redirects/ip-redirects.helper.js';
import { limitIt } from './automation/limit_it/limit-it.helper.js';
import { matchIt } from './automation/match_it/match-it.helper.js';
import { routeIt } from './automation/route_it/route-it.helper.js';
import { routeItByCustom } from './automation/route_it_by_custom/route-it-by-custom.helper.js';
import { routeItByDay } from './automation/route_it_by_day/route-it-by-day.helper.js';
import { routeItByTime } from './automation/route_it_by_time/route-it-by-time.helper.js';
import { routeItGeo } from './automation/route_it_geo/route-it-geo.helper.js';
import { routeItScore } from './automation/route_it_score/route-it-score.helper.js';
import { routeItSource } from './automation/route_it_source/route-it-source.helper.js';
import { simpleOptIn } from './automation/simple_opt_in/simple-opt-in.helper.js';
import { simpleOptOut } from './automation/simple_opt_out/simple-opt-out.helper.js';
import { stageIt } from './automation/stage_it/stage-it.helper.js';
import { timezoneTriggers } from './automation/timezone_triggers/timezone-triggers.helper.js';
import { triggerIt } from './automation/trigger_it/trigger-it.helper.js';
import { videoTriggerIt } from './automation/video_trigger_it/video-trigger-it.helper.js';
import { assignIt } from './contact/assign_it/assign-it.helper.js';
import { clearIt } from './contact/clear_it/clear-it.helper.js';
import { combineIt } from './contact/combine_it/combine-it.helper.js';
import { companyLink } from './contact/company_link/company-link.helper.js';
import { contactUpdater } from './contact/contact_updater/contact-updater.helper.js';
import { copyIt } from './contact/copy_it/copy-it.helper.js';
import { defaultToField } from './contact/default_to_field/default-to-field.helper.js';
import { fieldToField } from './contact/field_to_field/field-to-field.helper.js';
import { foundIt } from './contact/found_it/found-it.helper.js';
import { mergeIt } from './contact/merge_it/merge-it.helper.js';
import { moveIt } from './contact/move_it/move-it.helper.js';
import { nameParseIt } from './contact/name_parse_it/name-parse-it.helper.js';
import { noteIt } from './contact/note_it/note-it.helper.js';
import { optIn } from './contact/opt_in/opt-in.helper.js';
import { optOut } from './contact/opt_out/opt-out.helper.js';
import { ownIt } from './contact/own_it/own-it.helper.js';
import { snapshotIt } from './contact/snapshot_it/snapshot-it.helper.js';
import { advanceMath } from './data/advance_math/advance-math.helper.js';
import { dateCalc } from './data/date_calc/date-calc.helper.js';
import { formatIt } from './data/format_it/format-it.helper.js';
import { getTheFirst } from './data/get_the_first/get-the-first.helper.js';
import { getTheLast } from './data/get_the_last/get-the-last.helper.js';
import { ipLocation } from './data/ip_location/ip-location.helper.js';
import { lastClickIt } from './data/last_click_it/last-click-it.helper.js';
import { lastOpenIt } from './data/last_open_it/last-open-it.helper.js';
import { lastSendIt } from './data/last_send_it/last-send-it.helper.js';
import { mathIt } from './data/math_it/math-it.helper.js';
import { passwordIt } from './data/password_it/password-it.helper.js';
import { phoneLookup } from './data/phone_lookup/phone-lookup.helper.js';
import { quoteIt } from './data/quote_it/quote-it.helper.js';
import { splitIt } from './data/split_it/split-it.helper.js';
import { splitItBasic } from './data/split_it_basic/split-it-basic.helper.js';
import { textIt } from './data/text_it/text-it.helper.js';
import { whenIsIt } from './data/when_is_it/when-is-it.helper.js';
import { wordCountIt } from './data/word_count_it/word-count-it.helper.js';
import { calendlyIt } from './integration/calendly_it/calendly-it.helper.js';
import { donorSearch } from './integration/donor_search/donor-search.helper.js';
import { dropboxIt } from './integration/dropbox_it/dropbox-it.helper.js';
import { emailAttachIt } from './integration/email_attach_it/email-attach-it.helper.js';
import { emailValidateIt } from './integration/email_validate_it/email-validate-it.helper.js';
import { everwebinar } from './integration/everwebinar/everwebinar.helper.js';
import { excelIt } from './integration/excel_it/excel-it.helper.js';
import { facebookLeadAds } from './integration/facebook_lead_ads/facebook-lead-ads.helper.js';
import { googleSheetIt } from './integration/google_sheet_it/google-sheet-it.helper.js';
import { gotowebinar } from './integration/gotowebinar/gotowebinar.helper.js';
import { hookIt } from './integration/hook_it/hook-it.helper.js';
import { hookItByTag } from './integration/hook_it_by_tag/hook-it-by-tag.helper.js';
import { hookItV2 } from './integration/hook_it_v2/hook-it-v2.helper.js';
import { hookItV3 } from './integration/hook_it_v3/hook-it-v3.helper.js';
import { hookItV4 } from './integration/hook_it_v4/hook-it-v4.helper.js';
import { mailIt } from './integration/mail_it/mail-it.helper.js';
import { orderIt } from './integration/order_it/order-it.helper.js';
import { queryItBasic } from './integration/query_it_basic/query-it-basic.helper.js';
import { searchIt } from './integration/search_it/search-it.helper.js';
import { slackIt } from './integration/slack_it/slack-it.helper.js';
import { stripeHooks } from './integration/stripe_hooks/stripe-hooks.helper.js';
import { trelloIt } from './integration/trello_it/trello-it.helper.js';
import { twilioSms } from './integration/twilio_sms/twilio-sms.helper.js';
import { uploadIt } from './integration/upload_it/upload-it.helper.js';
import { webinarJam } from './integration/webinar_jam/webinar-jam.helper.js';
import { zoomMeeting } from './integration/zoom_meeting/zoom-meeting.helper.js';
import { zoomWebinar } from './integration/zoom_webinar/zoom-webinar.helper.js';
import { zoomWebinarAbsentee } from './integration/zoom_webinar_absentee/zoom-webinar-absentee.helper.js';
import { zoomWebinarParticipant } from './integration/zoom_webinar_participant/zoom-webinar-participant.helper.js';
import { emailEngagement } from './notification/email_engagement/email-engagement.helper.js';
import { notifyMe } from './notification/notify_me/notify-me.helper.js';
import { keapBackup } from './platform/keap_backup/keap-backup.helper.js';
import { clearTags } from './tagging/clear_tags/clear-tags.helper.js';
import { countItTags } from './tagging/count_it_tags/count-it-tags.helper.js';
import { countTags } from './tagging/count_tags/count-tags.helper.js';
import { groupIt } from './tagging/group_it/group-it.helper.js';
import { scoreIt } from './tagging/score_it/score-it.helper.js';
import { tagIt } from './tagging/tag_it/tag-it.helper.js';

/** Every helper type. */
export const catalogue = {
  customer_lifetime_value: customerLifetimeValue,
  rfm_calculation: rfmCalculation,
  action_it: actionIt,
  chain_it: chainIt,
  countdown_timer: countdownTimer,
  drip_it: dripIt,
  goal_it: goalIt,
  ip_notifications: ipNotifications,
  ip_redirects: ipRedirects,
  limit_it: limitIt,
  match_it: matchIt,
  route_it: routeIt,
  route_it_by_custom: routeItByCustom,
  route_it_by_day: routeItByDay,
  route_it_by_time: routeItByTime,
  route_it_geo: routeItGeo,
  route_it_score: routeItScore,
  route_it_source: routeItSource,
  simple_opt_in: simpleOptIn,
  simple_opt_out: simpleOptOut,
  stage_it: stageIt,
  timezone_triggers: timezoneTriggers,
  trigger_it: triggerIt,
  video_trigger_it: videoTriggerIt,
  assign_it: assignIt,
  clear_it: clearIt,
  combine_it: combineIt,
  company_link: companyLink,
  contact_updater: contactUpdater,
  copy_it: copyIt,
  default_to_field: defaultToField,
  field_to_field: fieldToField,
  found_it: foundIt,
  merge_it: mergeIt,
  move_it: moveIt,
  name_parse_it: nameParseIt,
  note_it: noteIt,
  opt_in: optIn,
  opt_out: optOut,
  own_it: ownIt,
  snapshot_it: snapshotIt,
  advance_math: advanceMath,
  date_calc: dateCalc,
  format_it: formatIt,
  get_the_first: getTheFirst,
  get_the_last: getTheLast,
  ip_location: ipLocation,
  last_click_it: lastClickIt,
  last_open_it: lastOpenIt,
  last_send_it: lastSendIt,
  math_it: mathIt,
  password_it: passwordIt,
  phone_lookup: phoneLookup,
  quote_it: quoteIt,
  split_it: splitIt,
  split_it_basic: splitItBasic,
  text_it: textIt,
  when_is_it: whenIsIt,
  word_count_it: wordCountIt,
  calendly_it: calendlyIt,
  donor_search: donorSearch,
  dropbox_it: dropboxIt,
  email_attach_it: emailAttachIt,
  email_validate_it: emailValidateIt,
  everwebinar,
  excel_it: excelIt,
  facebook_lead_ads: facebookLeadAds,
  google_sheet_it: googleSheetIt,
  gotowebinar,
  hook_it: hookIt,
  hook_it_by_tag: hookItByTag,
  hook_it_v2: hookItV2,
  hook_it_v3: hookItV3,
  hook_it_v4: hookItV4,
  mail_it: mailIt,
  order_it: orderIt,
  query_it_basic: queryItBasic,
  search_it: searchIt,
  slack_it: slackIt,
  stripe_hooks: stripeHooks,
  trello_it: trelloIt,
  twilio_sms: twilioSms,
  upload_it: uploadIt,
  webinar_jam: webinarJam,
  zoom_meeting: zoomMeeting,
  zoom_webinar: zoomWebinar,
  zoom_webinar_absentee: zoomWebinarAbsentee,
  zoom_webinar_participant: zoomWebinarParticipant,
  email_engagement: emailEngagement,
  notify_me: notifyMe,
  keap_backup: keapBackup,
  clear_tags: clearTags,
  count_it_tags: countItTags,
  count_tags: countTags,
  group_it: groupIt,
  score_it: scoreIt,
  tag_it: tagIt,
} as const;
