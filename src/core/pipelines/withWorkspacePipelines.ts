import type { Page, PageQuery } from '../domain/page.ts';
import type { PipelineSummary, Remark } from '../domain/pipeline.ts';
import type { GivenPipeline } from '../pipelineSpec/givenPipeline.ts';
import { pageSize } from '../ports/pages.ts';
import { overriding } from '../ports/overriding.ts';
import { overridingSchedules, type Schedules } from '../ports/schedules.ts';
import { pipelinesIn } from '../ports/runQuery.ts';
import type { PipelineBackend, Preparation } from '../ports/pipelineBackend.ts';
import { needsCompiler } from '../ports/pipelineErrors.ts';
import type { PipelineLibrary } from '../ports/pipelineLibrary.ts';
import type { PipelineFiles } from '../ports/pipelineFiles.ts';

/**
 * A connection's backend with the pipelines of the workspace added: lists have both, and a pipeline of the workspace is read
 * here and passed to the backend, which judges it and runs it.
 */
export function withWorkspacePipelines(backend: PipelineBackend, files: PipelineFiles): PipelineBackend {
  return overriding(backend, {
    ...pipelinesOf(backend, files),
    ...(backend.schedules && { schedules: schedulesOf(backend.schedules, files) }),
    prepareRun: async (request, signal) => {
      const given = await files.read(request.pipeline, signal);
      if (given === undefined) return backend.prepareRun(request, signal);
      const prepared = await backend.prepareRun({ ...request, given }, signal);
      return given.kind === 'spec' || prepared.blockers.length > 0
        ? prepared
        : withCompiling(prepared, given, files, signal);
    },
    createRun: async (request, signal) => {
      const given = await files.forRun(request.pipeline, signal);
      return backend.createRun(given === undefined ? request : { ...request, given }, signal);
    },
    listRuns: async (query, signal) => {
      const ids = pipelinesIn(query);
      if (ids === undefined) return backend.listRuns(query, signal);
      const variants = await Promise.all(ids.map(async (id) => (await files.find(id, signal)) ?? { id }));
      return backend.listRuns({ ...query, variants }, signal);
    },
    watch: (listener) => {
      const ends = [backend.watch(listener), files.watch(() => listener({ kind: 'pipelines' }))];
      return () => ends.forEach((end) => end());
    },
    ...(backend.library && { library: withUploads(backend.library, files) }),
    importedFiles: (source) => files.importedFiles(source),
    compiler: files.compiler,
    approvals: files.approvals,
  });
}

function schedulesOf(schedules: Schedules, files: PipelineFiles): Schedules {
  return overridingSchedules(schedules, {
    create: async (request, signal) => {
      const given = await files.forRun(request.pipeline, signal);
      return schedules.create(given === undefined ? request : { ...request, given }, signal);
    },
  });
}

function pipelinesOf(
  backend: PipelineBackend,
  files: PipelineFiles,
): Pick<PipelineBackend, 'listPipelines' | 'getPipeline'> {
  return {
    listPipelines: (query, signal) => listBoth(backend, files, query, signal),
    getPipeline: async (id, signal) => {
      const given = await files.read(id, signal);
      if (given === undefined) return backend.getPipeline(id, signal);
      if (given.kind === 'uncompiled') throw needsCompiler(given.pipeline, files.compiler);
      if (given.kind === 'outline') return given.pipeline;
      const { blockers, notes } = await backend.judge(given.specification, signal);
      return { ...given.pipeline, blockers, notes: [...notes, ...given.pipeline.notes] };
    },
  };
}

/** The library, which gets the pipelines of the workspace that are uploaded. */
function withUploads(library: PipelineLibrary, files: PipelineFiles): PipelineLibrary {
  return {
    named: (name, signal) => library.named(name, signal),
    versions: (id, query, signal) => library.versions(id, query, signal),
    upload: async (request, signal) => {
      const given = await files.forRun(request.pipeline, signal);
      return library.upload(given === undefined ? request : { ...request, given }, signal);
    },
    delete: (id, signal) => library.delete(id, signal),
  };
}

type ListQuery = PageQuery & { readonly text?: string };

/** The token of a page of the connection's pipelines: how many the workspace has, and the connection's token, if any. */
const ofConnection = /^connection:(\d+):(.*)$/s;

/** The pipelines of the workspace, then those of the connection, each by name. */
async function listBoth(
  backend: PipelineBackend,
  files: PipelineFiles,
  query: ListQuery,
  signal: AbortSignal,
): Promise<Page<PipelineSummary>> {
  const { page, ...first } = query;
  const [, count, token = ''] = ofConnection.exec(page ?? '') ?? [];
  if (count !== undefined) {
    const there = await backend.listPipelines(token === '' ? first : { ...first, page: token }, signal);
    return joined(Number(count), { items: [] }, there);
  }
  const here = await files.list(query, signal);
  const inWorkspace = here.total ?? here.items.length;
  const room = here.next === undefined ? pageSize(query) - here.items.length : 0;
  const there = await backend.listPipelines({ ...first, size: Math.max(1, room) }, signal);
  if (room > 0) return joined(inWorkspace, here, there);
  // The page is full: of the connection's pipelines only whether there are some, and how many, matters.
  const next = here.next ?? (there.items.length > 0 ? `connection:${inWorkspace}:` : undefined);
  const { next: _next, ...full } = joined(inWorkspace, here, { ...there, items: [] });
  return next === undefined ? full : { ...full, next };
}

function joined<T>(inWorkspace: number, here: Page<T>, there: Page<T>): Page<T> {
  const cut = [here.cut, there.cut].filter((text) => text !== undefined).join(' ');
  return {
    items: [...here.items, ...there.items],
    ...(there.total === undefined ? {} : { total: inWorkspace + there.total }),
    ...(there.next === undefined ? {} : { next: `connection:${inWorkspace}:${there.next}` }),
    ...(cut === '' ? {} : { cut }),
  };
}

/** The preparation of a Python file that is compiled first. */
async function withCompiling(
  prepared: Preparation,
  given: Exclude<GivenPipeline, { readonly kind: 'spec' }>,
  files: PipelineFiles,
  signal: AbortSignal,
): Promise<Preparation> {
  const { compiler } = files;
  const missing = given.kind === 'uncompiled' || !(await files.canCompile(signal));
  const { name, source } = given.pipeline;
  const install = [...new Set([...(missing ? compiler.packages : []), ...prepared.install])];
  const installBytes = (prepared.installBytes ?? 0) + (missing ? compiler.bytes : 0);
  return {
    ...prepared,
    install,
    ...(install.length === 0 ? {} : { installBytes }),
    ...(given.kind === 'outline' ? { compiles: source.label ?? name } : {}),
    notes: [{ what: 'compiled_first', message: compiledFirst(given), everywhere: true }, ...prepared.notes],
  };
}

/** The packages of a Python file are uncertain until it is compiled. */
function compiledFirst(given: Exclude<GivenPipeline, { readonly kind: 'spec' }>): Remark['message'] {
  if (given.kind === 'uncompiled')
    return 'The file is compiled first; the packages of its components are installed after that.';
  return given.incomplete
    ? 'Its packages are not all known before it is compiled.'
    : 'What it needs is known in full once it is compiled.';
}
