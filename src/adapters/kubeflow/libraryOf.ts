import type { PipelineLibrary } from '../../core/ports/pipelineLibrary.ts';
import type { KubeflowApi } from './api.ts';
import type { ServerPipelines } from './library.ts';
import type { RunStarter } from './startRun.ts';
import { upload } from './uploads.ts';

interface LibraryDeps {
  readonly api: KubeflowApi;
  readonly pipelines: ServerPipelines;
  readonly starter: RunStarter;
}

/** The pipelines of a server as the port has them. `changed` is called after each change. */
export function libraryOf({ api, pipelines, starter }: LibraryDeps, changed: () => void): PipelineLibrary {
  return {
    named: (name, signal) => pipelines.named(name, signal),
    versions: (id, query, signal) => pipelines.versions(id, query, signal),
    upload: async (request, signal) => {
      const { specification, summary } = await starter.agreed(request, signal);
      const { description } = summary;
      const about = { ...request, ...(description === undefined ? {} : { description }) };
      const made = await upload({ api, pipelines }, about, specification, signal);
      changed();
      return made;
    },
    delete: async (id, signal) => {
      await pipelines.delete(id, signal);
      changed();
    },
  };
}
