import * as z from 'zod';

/** Kubernetes leaves out or sends null for what is empty. */
const text = z.string().nullish();

export const metadata = z.looseObject({
  name: z.string(),
  namespace: z.string().default(''),
  resourceVersion: text,
  uid: text,
});

export const service = z.looseObject({
  metadata,
  spec: z.looseObject({
    selector: z.record(z.string(), z.string()).nullish(),
    ports: z
      .array(
        z.looseObject({
          name: text,
          port: z.number(),
          targetPort: z.union([z.number(), z.string()]).nullish(),
        }),
      )
      .nullish(),
  }),
});
export type Service = z.infer<typeof service>;

export const services = z.looseObject({ items: z.array(service).nullish() });

/** As much of a pod as leads to it; the rest stays as it came. */
export const pod = z.looseObject({
  metadata,
  spec: z.looseObject({
    containers: z.array(
      z.looseObject({
        name: z.string(),
        ports: z.array(z.looseObject({ name: text, containerPort: z.number() })).nullish(),
      }),
    ),
  }),
  status: z
    .looseObject({
      phase: text,
      conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).nullish(),
    })
    .nullish(),
});
export type Pod = z.infer<typeof pod>;

const listMetadata = z.looseObject({ resourceVersion: text, continue: text }).nullish();

export const pods = z.looseObject({ metadata: listMetadata, items: z.array(pod).nullish() });

/** As much of an event as is needed to tell whose it is. */
export const event = z.looseObject({
  metadata,
  involvedObject: z.looseObject({ kind: text, name: text, uid: text }).nullish(),
});
export type KubeEvent = z.infer<typeof event>;

export const events = z.looseObject({ metadata: listMetadata, items: z.array(event).nullish() });

export const secret = z.looseObject({ data: z.record(z.string(), z.string()).nullish() });
