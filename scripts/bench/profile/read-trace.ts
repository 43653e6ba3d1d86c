import { existsSync, readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import { z } from 'zod';
import type { TracedRun, TracedWork } from './traced-run.ts';

/** The fields that are used, as in tensorflow/core/framework/step_stats.proto and protobuf/config.proto; the file is a Trace. */
const SCHEMA = `syntax = "proto3";
  message Trace { repeated RunMetadata runs = 1; }
  message RunMetadata { StepStats step_stats = 1; }
  message StepStats { repeated DeviceStepStats dev_stats = 1; }
  message DeviceStepStats { string device = 1; repeated NodeExecStats node_stats = 2; }
  message NodeExecStats {
    string node_name = 1;
    int64 all_start_micros = 2;
    int64 op_start_rel_micros = 3;
    int64 op_end_rel_micros = 4;
    string timeline_label = 8;
    int64 op_start_rel_nanos = 14;
    int64 op_end_rel_nanos = 15;
  }`;

const nodeSchema = z.object({
  nodeName: z.string(),
  allStartMicros: z.number(),
  opStartRelMicros: z.number(),
  opEndRelMicros: z.number(),
  timelineLabel: z.string(),
  opStartRelNanos: z.number(),
  opEndRelNanos: z.number(),
});
type Node = z.infer<typeof nodeSchema>;

const traceSchema = z.object({
  runs: z.array(
    z.object({
      stepStats: z.object({
        devStats: z.array(z.object({ device: z.string(), nodeStats: z.array(nodeSchema) })),
      }),
    }),
  ),
});

/** @param file that `KINDLING_TRACE_FILE` named (src-native/binding/traced-runs.h); a binding without that writes none */
export function readTrace(file: string): TracedRun[] {
  if (!existsSync(file)) return [];
  const type = protobuf.parse(SCHEMA).root.lookupType('Trace');
  const decoded = type.toObject(type.decode(readFileSync(file)), {
    ...{ longs: Number, defaults: true, arrays: true },
  });
  return traceSchema.parse(decoded).runs.map(({ stepStats }) => {
    const of = (matches: (device: string) => boolean): Node[] =>
      stepStats.devStats.filter(({ device }) => matches(device)).flatMap(({ nodeStats }) => nodeStats);
    // what a GPU does is told once more for each of its streams
    const kernels = of((device) => device.endsWith('/stream:all')).map((node) => workOf(node, kernelKind));
    const copies = of((device) => device.endsWith('/memcpy')).map((node) => workOf(node, copyKind));
    if (kernels.length + copies.length > 0)
      return { unit: 'kernels and copies', work: [...kernels, ...copies] };
    return { unit: 'operations', work: of(() => true).map((node) => workOf(node, operationKind)) };
  });
}

function workOf(node: Node, kindOf: (node: Node) => string): TracedWork {
  const hasNanos = node.opEndRelNanos > 0;
  const duration = hasNanos
    ? (node.opEndRelNanos - node.opStartRelNanos) / 1000
    : node.opEndRelMicros - node.opStartRelMicros;
  return { kind: kindOf(node), time: { start: node.allStartMicros + node.opStartRelMicros, duration } };
}

/** Of an operation on a CPU, labelled `NAME = KIND(INPUTS)`. */
function operationKind({ timelineLabel, nodeName }: Node): string {
  return / = ([^(]+)\(/.exec(timelineLabel)?.[1] ?? nodeName;
}

/** Of a kernel, which is named after its operation, `NAME:KIND`. */
function kernelKind({ nodeName }: Node): string {
  return /:([A-Za-z]\w*)$/.exec(nodeName)?.[1] ?? nodeName;
}

/** Of a copy, labelled `MemcpyH2D DETAILS`. */
function copyKind({ timelineLabel }: Node): string {
  return timelineLabel.split(' ')[0] ?? timelineLabel;
}
