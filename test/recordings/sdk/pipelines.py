"""One pipeline for each thing that the SDK can compile: `python pipelines.py` writes them as YAML beside this file."""
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional

from kfp import compiler, dsl, kubernetes
from kfp.dsl import Artifact, Collected, Dataset, Input, Metrics, Model, OneOf, Output

here = Path(__file__).parent
small = dict(base_image='python:3.11', install_kfp_package=False)


@dsl.component(**small)
def say(text: str = 'hi') -> str:
    return text


@dsl.component(**small)
def count(upto: int) -> int:
    return upto


@dsl.component(**small)
def numbers(upto: int = 3) -> List[int]:
    return list(range(upto))


@dsl.component(**small)
def records() -> List[Dict[str, str]]:
    return [{'name': 'a', 'kind': 'b'}]


@dsl.component(**small)
def total(values: List[int]) -> int:
    return sum(values)


@dsl.component(**small)
def join_texts(values: List[str]) -> str:
    return ' '.join(values)


@dsl.component(**small)
def make(rows: Output[Dataset], size: int = 3):
    Path(rows.path).write_text(str(size))


@dsl.component(**small)
def train(rows: Input[Dataset], model: Output[Model], depth: int = 3):
    Path(model.path).write_text(str(depth))


@dsl.component(**small)
def score(model: Input[Model], rows: Input[Dataset], metrics: Output[Metrics]) -> float:
    return 0.5


@dsl.component(**small)
def best_of(models: Input[List[Model]], best: Output[Model]):
    Path(best.path).write_text('')


@dsl.component(**small)
def either(rows: Optional[Input[Dataset]] = None, note: Optional[str] = None) -> str:
    return note or ''


@dsl.component(**small)
def split(text: str) -> NamedTuple('parts', [('head', str), ('size', int), ('even', bool)]):
    return (text[:1], len(text), True)


@dsl.component(**small)
def report(status: dsl.PipelineTaskFinalStatus, room: str = 'here'):
    print(room, status.state)


@dsl.container_component
def shout(text: str, out: dsl.OutputPath(str), loud: bool = True):
    return dsl.ContainerSpec(
        image='alpine:3.20', command=['sh', '-c', 'echo "$0" > "$1"'],
        args=[dsl.ConcatPlaceholder(['--text=', text]), dsl.IfPresentPlaceholder('loud', ['--loud', loud], ['--low']), out])


@dsl.container_component
def hello():
    return dsl.ContainerSpec(image='alpine:3.20', command=['echo'], args=['hello'])


@dsl.pipeline(name='kinds-of-parameters', description='Every type, with and without a default.')
def kinds_of_parameters(
        word: str, times: int, rate: float, sure: bool, names: List[str], options: Dict[str, int], plain_list: list,
        plain_dict: dict, word_default: str = 'no',
        times_default: int = 0, rate_default: float = 1e-4, sure_default: bool = False,
        names_default: List[str] = ['a', 'yes'], options_default: Dict[str, int] = {'a': 1}, empty: str = '',
        nothing_text: Optional[str] = None, nothing_number: Optional[int] = None, nothing_list: Optional[List[int]] = None,
        nothing_struct: Optional[dict] = None, nested: List[Dict[str, List[int]]] = [{'a': [1]}]):
    """Takes them all.

    Args:
        word: A word, of any language: 猫, naïve.
    """
    say(text=word)


@dsl.pipeline(name='artifact-parameters')
def artifact_parameters(rows: Input[Dataset], model: Optional[Input[Model]] = None, depth: int = 3):
    train(rows=rows, depth=depth)
    either(rows=rows)


@dsl.pipeline(name='returns-several')
def returns_several(text: str = 'a') -> NamedTuple('all', [('head', str), ('model', Model)]):
    parts = split(text=text)
    rows = make(size=parts.outputs['size'])
    model = train(rows=rows.outputs['rows'])
    given = NamedTuple('all', [('head', str), ('model', Model)])
    return given(parts.outputs['head'], model.outputs['model'])


@dsl.pipeline(name='loop-over-constants')
def loop_over_constants():
    with dsl.ParallelFor([1, 2, 3], parallelism=2, name='each size') as size:
        make(size=size)
    with dsl.ParallelFor([{'a': '1', 'b': 'x'}, {'a': '2', 'b': 'y'}]) as item:
        say(text=item.a)
        say(text=item.b)


@dsl.pipeline(name='loop-over-parameter')
def loop_over_parameter(sizes: List[int] = [1, 2], people: List[Dict[str, str]] = [{'name': 'a'}]):
    with dsl.ParallelFor(sizes) as size:
        make(size=size)
    with dsl.ParallelFor(people) as person:
        say(text=person.name)


@dsl.pipeline(name='loop-over-output')
def loop_over_output() -> int:
    given = numbers()
    with dsl.ParallelFor(given.output) as size:
        counted = count(upto=size)
    rows = records()
    with dsl.ParallelFor(rows.output) as row:
        say(text=row.kind)
    return total(values=Collected(counted.output)).output


@dsl.pipeline(name='loops-in-loops')
def loops_in_loops(sizes: List[int] = [1, 2]) -> str:
    with dsl.ParallelFor(sizes) as size:
        rows = make(size=size)
        with dsl.ParallelFor(['a', 'b']) as word:
            said = say(text=word)
            with dsl.ParallelFor([True, False]):
                model = train(rows=rows.outputs['rows'], depth=size)
        join_texts(values=Collected(said.output))
    best_of(models=Collected(model.outputs['model']))
    return say(text='done').output


@dsl.pipeline(name='many-rows')
def many_rows(sizes: List[int]) -> List[Dataset]:
    with dsl.ParallelFor(sizes) as size:
        rows = make(size=size)
    return Collected(rows.outputs['rows'])


@dsl.pipeline(name='loop-over-artifacts')
def loop_over_artifacts(given: Input[List[Dataset]]) -> List[Model]:
    with dsl.ParallelFor(given) as part:
        train(rows=part)
    made = many_rows(sizes=[1, 2])
    with dsl.ParallelFor(made.output) as part:
        model = train(rows=part)
    best_of(models=Collected(model.outputs['model']))
    return Collected(model.outputs['model'])


@dsl.pipeline(name='one-condition')
def one_condition(word: str = 'go'):
    coin = say(text=word)
    with dsl.If(coin.output == 'go', name='if it goes'):
        make()
    with dsl.Condition(coin.output != 'go'):
        say(text='stopped')


@dsl.pipeline(name='branches-with-one-of')
def branches_with_one_of(size: int = 3) -> Model:
    rows = make(size=size)
    counted = count(upto=size)
    with dsl.If(counted.output > 10):
        first = train(rows=rows.outputs['rows'], depth=1)
    with dsl.Elif(counted.output >= 5):
        with dsl.If(size == 7):
            say(text='seven')
        second = train(rows=rows.outputs['rows'], depth=2)
    with dsl.Else():
        third = train(rows=rows.outputs['rows'], depth=3)
    chosen = OneOf(first.outputs['model'], second.outputs['model'], third.outputs['model'])
    score(model=chosen, rows=rows.outputs['rows'])
    return chosen


@dsl.pipeline(name='conditions-in-loops')
def conditions_in_loops(sure: bool = True):
    with dsl.ParallelFor([1, 2, 3]) as size:
        with dsl.If(size == 2):
            counted = count(upto=size)
            with dsl.If(counted.output < 3):
                make(size=counted.output)
        with dsl.Else():
            say(text='other')
    with dsl.If(sure == True):
        with dsl.ParallelFor(['a', 'b']) as word:
            say(text=word)


@dsl.pipeline(name='exit-handler')
def exit_handler(room: str = 'den'):
    ending = report(room=room)
    with dsl.ExitHandler(ending, name='whatever comes'):
        rows = make()
        with dsl.If(say().output == 'hi'):
            train(rows=rows.outputs['rows'])
    say(text='beside it')


@dsl.pipeline(name='ignores-failures')
def ignores_failures(word: str = 'a'):
    first = say(text=word)
    say(text=first.output).ignore_upstream_failure()
    hello().after(first)


@dsl.pipeline(name='importers')
def importers(place: str = 's3://models/m', reach: bool = True):
    given = dsl.importer(artifact_uri=place, artifact_class=Model, reimport=True, metadata={'by': place})
    fixed = dsl.importer(artifact_uri='https://a.example/rows.csv', artifact_class=Dataset, metadata={'n': 1, 'l': ['a']})
    score(model=given.output, rows=fixed.output)
    with dsl.ParallelFor(['s3://a/1', 's3://a/2']) as address:
        train(rows=dsl.importer(artifact_uri=address, artifact_class=Dataset).output)


@dsl.pipeline(name='inner', display_name='An inner pipeline')
def inner(rows: Input[Dataset], depth: int = 2) -> NamedTuple('done', [('model', Model), ('figure', float)]):
    model = train(rows=rows, depth=depth)
    figure = score(model=model.outputs['model'], rows=rows)
    return NamedTuple('done', [('model', Model), ('figure', float)])(model.outputs['model'], figure.outputs['Output'])


@dsl.pipeline(name='middle')
def middle(size: int = 2) -> float:
    rows = make(size=size)
    return inner(rows=rows.outputs['rows']).outputs['figure']


@dsl.pipeline(name='nested')
def nested(sizes: List[int] = [1, 2]):
    rows = make()
    trained = inner(rows=rows.outputs['rows'], depth=4).set_display_name('Train once')
    score(model=trained.outputs['model'], rows=rows.outputs['rows'])
    with dsl.ParallelFor(sizes) as size:
        middle(size=size)
    with dsl.ExitHandler(report()):
        middle()


@dsl.pipeline(name='settings-of-tasks')
def settings_of_tasks(image: str = 'python:3.12', limit: str = '2'):
    task = say(text='a').set_display_name('Say "a" / b').set_retry(3, '10s', 2.0, '60s').set_caching_options(False)
    task.set_cpu_limit('1').set_memory_request('512Mi').set_memory_limit('1G').set_env_variable('A', 'b')
    task.set_accelerator_type('nvidia.com/gpu').set_accelerator_limit(1)
    other = say(text=task.output).set_container_image(image).set_cpu_limit(limit)
    kubernetes.use_secret_as_env(other, secret_name='s', secret_key_to_env={'k': 'K'})
    kubernetes.set_timeout(other, 60)
    claim = kubernetes.CreatePVC(access_modes=['ReadWriteOnce'], size='1Gi', pvc_name_suffix='-x', storage_class_name='a')
    kubernetes.mount_pvc(other, pvc_name=claim.outputs['name'], mount_path='/data')
    kubernetes.DeletePVC(pvc_name=claim.outputs['name']).after(other)


@dsl.pipeline(name='containers')
def containers(text: str = 'a'):
    loud = shout(text=text)
    shout(text=loud.outputs['out'], loud=False)
    hello()


@dsl.pipeline(name='words', description='Names and texts that YAML likes to misread: "yes", 1e3, é, # and : in one.')
def words(no: str = 'no', time: str = '12:30', number: str = '007', text: str = 'a: b # c', letter: str = '~'):
    said = say(text=f'{no} {time}')
    for _ in range(3):
        said = say(text=f'{said.output}-{number}{text}{letter}')


@dsl.pipeline(name='line-break', description='The SDK breaks its own comment with this default, so that YAML cannot be read.')
def line_break(text: str = 'a: b\n- c'):
    say(text=text)


@dsl.pipeline(name='workspace', pipeline_config=dsl.PipelineConfig(
    workspace=dsl.WorkspaceConfig(size='5Gi'), ttl_seconds_after_finished=600))
def workspace():
    say(text=dsl.WORKSPACE_PATH_PLACEHOLDER)


@dsl.pipeline(name='wide')
def wide():
    start = say(text='start')
    joined = [say(text=start.output) for _ in range(40)]
    join_texts(values=[]).after(*joined)


@dsl.pipeline(name='placeholders')
def placeholders(root: str = dsl.PIPELINE_ROOT_PLACEHOLDER):
    say(text=dsl.PIPELINE_JOB_ID_PLACEHOLDER)
    say(text=f'{dsl.PIPELINE_TASK_NAME_PLACEHOLDER}/{root}')


alone = [say, shout, train, hello]

if __name__ == '__main__':
    pipelines = [one for one in list(globals().values()) if type(one).__name__ == 'GraphComponent']
    for pipeline in [*pipelines, *alone]:
        name = pipeline.pipeline_spec.pipeline_info.name
        prefix = '' if pipeline in pipelines else 'component-'
        compiler.Compiler().compile(pipeline, str(here / f'{prefix}{name}.yaml'))
