import { visibleText } from '@herald/api-contract';
import { z } from 'zod';
import { notificationLimits } from '../limits';
import { originSchema, topicSchema } from './message';
import { fullEntityRefSchema } from './targets';

/** The channel of the portal's own page, count and stream. @public */
export const WEB_CHANNEL = 'web';

const channelSchema = visibleText(notificationLimits.channelLength).meta({
  description:
    'Where messages go: `web` is the portal itself, others are the names of the processors that are installed.',
  examples: [WEB_CHANNEL],
});

const ruleSchema = z
  .strictObject({
    channel: channelSchema,
    origin: originSchema.optional(),
    topic: topicSchema.optional(),
    enabled: z.boolean().meta({ examples: [false] }),
  })
  .refine(rule => rule.origin !== undefined || rule.topic !== undefined, {
    path: ['origin'],
    error: 'a rule names an origin, a topic, or both',
  })
  .meta({ id: 'PreferenceRule' });

/** Whether messages of an origin, of a topic, or of both come by a channel. @public */
export type PreferenceRule = z.infer<typeof ruleSchema>;

const rulesSchema = z
  .array(ruleSchema)
  .max(notificationLimits.preferenceRules)
  .refine(
    rules =>
      new Set(
        rules.map(({ channel, origin, topic }) =>
          JSON.stringify([channel.toLowerCase(), origin, topic]),
        ),
      ).size === rules.length,
    { error: 'must not hold two rules for the same channel, origin and topic' },
  )
  .meta({
    description:
      'The most specific rule decides: origin with topic before topic before origin. Where none fits, messages come.',
  });

/** What a user wants to be told of. @public */
export const updatePreferencesSchema = z
  .strictObject({ rules: rulesSchema })
  .meta({ id: 'UpdatePreferences' });

/** See `updatePreferencesSchema`. @public */
export type UpdatePreferences = z.infer<typeof updatePreferencesSchema>;

/** What holds for everybody who has not said otherwise. @public */
export const preferenceDefaultsSchema = z
  .strictObject({
    rules: rulesSchema,
    mandatoryOrigins: z
      .array(originSchema)
      .max(notificationLimits.preferenceRules)
      .meta({
        description: 'Origins that nobody can mute, on any channel.',
        examples: [['security']],
      }),
  })
  .meta({ id: 'PreferenceDefaults' });

/** See `preferenceDefaultsSchema`. @public */
export type PreferenceDefaults = z.infer<typeof preferenceDefaultsSchema>;

/** What a user is told of, and what there is to choose from. @public */
export const preferencesSchema = z
  .strictObject({
    channels: z.array(channelSchema).meta({
      description: 'The channels that there are.',
      examples: [[WEB_CHANNEL]],
    }),
    rules: rulesSchema,
    defaults: preferenceDefaultsSchema,
    origins: z
      .array(
        z.strictObject({ origin: z.string(), topics: z.array(z.string()) }),
      )
      .meta({
        description:
          'From where the user has messages, and about what: what there is to choose from.',
      }),
  })
  .meta({ id: 'Preferences' });

/** See `preferencesSchema`. @public */
export type Preferences = z.infer<typeof preferencesSchema>;

/** Whose data are erased. @public */
export const eraseQuerySchema = z.strictObject({
  userRef: fullEntityRefSchema
    .refine(ref => /^user:/i.test(ref), { error: 'must be that of a user' })
    .meta({
      description: 'The full entity ref of the person.',
      examples: ['user:default/guest'],
    }),
});

/** What was erased of a person, counted. @public */
export const erasedSchema = z
  .strictObject({
    messages: z
      .int()
      .min(0)
      .meta({
        description: 'Messages that were for this person alone; they are gone.',
        examples: [12],
      }),
    marks: z
      .int()
      .min(0)
      .meta({
        description: 'What was remembered of their reading.',
        examples: [240],
      }),
    sent: z
      .int()
      .min(0)
      .meta({
        description:
          'Messages they sent to others; they stay, without their name.',
        examples: [3],
      }),
  })
  .meta({ id: 'Erased' });

/** See `erasedSchema`. @public */
export type Erased = z.infer<typeof erasedSchema>;
