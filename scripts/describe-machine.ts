import os from 'node:os';

/** `2 cores of AMD EPYC, Linux 6.18.44, Node 24.21.0` */
export function describeMachine(): string {
  const cpus = os.cpus();
  return `${cpus.length} cores of ${cpus[0]?.model.trim() ?? process.arch}, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
}

/** `2026-11-30` */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
