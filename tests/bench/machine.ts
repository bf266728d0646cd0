/** What the figures were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly deno: string;
}

/** Describes this machine. */
export async function describeMachine(): Promise<Machine> {
  const info = Deno.build.os === "linux" ? await Deno.readTextFile("/proc/cpuinfo") : "";
  return {
    processor: /model name\s*: (.*)/.exec(info)?.[1] ?? Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    memoryGb: Math.round(Deno.systemMemoryInfo().total / 1e9),
    system: `${Deno.build.os} ${Deno.build.arch}`,
    deno: Deno.version.deno,
  };
}

/** How many programs wanted a core in the last minute: above their number the machine is busy. */
export function loadNow(): number {
  return Math.round((Deno.loadavg()[0] ?? 0) * 10) / 10;
}

/** The machine in one line. */
export function machineLine({ processor, cores, memoryGb, system, deno }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Deno ${deno}`;
}
