/** Lines as training, installing, serving and failing print them, none with a secret: {0}, {1}, {2} are varied. */
const templates = `
Epoch {0}/200 - loss: 0.{1} - accuracy: 0.9{2} - val_loss: 0.{2} - val_accuracy: 0.8{1}
epoch={0} step={1} loss=0.{2} lr=1e-{0} tokens/s={1} grad_norm=0.{2}
[{0}]	train-auc:0.9{1}	eval-auc:0.8{2}
[LightGBM] [Info] Total Bins {1}, number of data points in the train set: {2}, number of used features: {0}
tokens: {1}
n_tokens={1} max_tokens={2} token_count: {0}
prompt_tokens={0}, completion_tokens={1}, total_tokens={2}
Token indices sequence length is longer than the specified maximum sequence length for this model ({1} > 512).
tokenizer=bert-base-uncased vocab_size={1}
Special tokens have been added in the vocabulary, make sure the associated word embeddings are fine-tuned
pad_token='[PAD]' eos_token=</s> bos_token=<s> unk_token: '[UNK]' mask_token="<mask>"
Setting \`pad_token_id\` to \`eos_token_id\`:{1} for open-end generation.
{"pad_token": "<|endoftext|>", "eos_token": "<|im_end|>", "additional_special_tokens": [], "token_id": {0}}
next token: 'the' logprob=-{0}.{1}
token {0}: layer{1}.attention.weight
password field left empty
No password given, using the default credentials chain
Invalid password: too short
Password: required
password: str
password: Optional[str] = None
usage: train.py [-h] [--user USER] [--password PASSWORD] [--token TOKEN] [--epochs {0}]
--password is required when --user is given
Use --token to set the access token, or set HF_TOKEN in the environment.
    conn = connect(host=host, user=user, password=password, timeout={0})
    client = Client(token=self.token, api_key=os.environ["API_KEY"], retries={0})
    def login(user: str, password: str, token: str | None = None) -> Session:
    secret = get_secret(name, version={0})
    api_key = settings.api_key
    auth=auth, headers=headers, cookies=None, timeout={0}
    password = getpass.getpass()
KeyError: 'token_{0}'
KeyError: 'password'
  File "/usr/lib/python3.11/site-packages/sklearn/base.py", line {1}, in wrapper
  File "/home/me/project/pipelines/auth/tokens.py", line {1}, in read_secret
Traceback (most recent call last):
ValueError: could not convert string to float: 'key_{1}'
TypeError: __init__() got an unexpected keyword argument 'use_auth_token'
FutureWarning: The \`use_auth_token\` argument is deprecated, use \`token={0}\` instead.
UserWarning: X has feature names, but RandomForestClassifier was fitted without feature names
sort_key=user_id group_key=country primary key: id
cache key=3f9a8b7c6d5e4f3a2b1c{1}{2}
cache_key: 3f9a8b7c6d5e4f3a2b1c{1}{2} hit
Joining on keys=['user_id', 'date'] with {1} rows
key=accuracy value=0.9{1}
partition keys: ['year', 'month'] ({0} partitions)
missing keys: ['model.layers.{0}.bias'], unexpected keys: []
Collecting scikit-learn=={0}.5.{1}
  Downloading scikit_learn-1.5.{0}-cp311-cp311-manylinux_2_17_x86_64.whl (13.{1} MB)
Requirement already satisfied: PyJWT<3,>=2 in /usr/lib/python3 (from msal=={0}.{1}) (2.8.{2})
Successfully installed cryptography-4{0}.0.{1} keyring-2{0} secretstorage-3.{1} python-jose-3.{2} passlib-1.7.{0}
Looking in indexes: https://pypi.org/simple, https://download.pytorch.org/whl/cu{1}
Collecting git+https://github.com/org/repo.git@v{0}.{1}
Running command git clone --filter=blob:none --quiet ssh://git@github.com/org/repo{0}.git
  Resolved https://github.com/org/repo.git to commit 3f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e{1}
127.0.0.1 - - [12/May/2024:10:{0}:12] "GET /api/v1/tokens?page={1} HTTP/1.1" 200 {2}
10.0.0.{0} - "POST /login HTTP/1.1" 401 Unauthorized
INFO: 127.0.0.1:{1} - "GET /predict?key=age&value={0} HTTP/1.1" 200 OK
HTTP auth: basic
Authorization: required
auth_type=oauth2 auth enabled: true
Cookie: disabled
Content-Type: application/json; charset=utf-8
X-Request-Id: 6f1c{1}-8a4b-4c1e-9d2f-{2}
Found credentials in shared credentials file: ~/.aws/credentials
Found credentials in environment variables.
Loaded credentials from /etc/secrets/{0}.json
credentials: default
secret_name=mlpipeline secretName: registry
Secret "registry-{0}" not found in namespace kubeflow
MountVolume.SetUp succeeded for volume "token-{0}" secret
password_file=/run/secrets/db_{0} token_path: /var/run/token
s3://bucket/models/iris-{0}/model.pkl  {1} bytes
gs://bucket-{0}/tokens/part-{1}.parquet
minio://mlpipeline/v2/artifacts/iris/{1}/train/model
https://user.example.com/path/{0}?page={1}&sort=key&order=asc
https://example.com/signin?next=/home&session={0}
Uploading model@v{0} to http://localhost:9000/bucket/key={1}/part.csv
mail to someone@example.com about run {0}
postgresql://reader@db-{0}:5432/features
sqlite:////tmp/mlruns_{0}.db
sha256:3f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e{1}
md5=9e107d9d372bb6826bd81d3542a4{1}
commit 9fceb02d0ae598e95dc970b74767f19372d6{1}
run_id=550e8400-e29b-41d4-a716-44665544{1}
artifact id: QWxhZGRpbjpvcGVuIHNlc2FtZQ{1}{2}
etag "d41d8cd98f00b204e9800998ecf8{1}-{0}"
task-sk-learn-classifier-with-a-long-name-{1}-{2}
sk-learn-random-forest-classifier-v{0}-final-{1}
hf_hub_download(repo_id="org/model-{0}", filename="model.safetensors")
ghost_record_{1} xoxo basic-{0} AIzawa eyJ-{2}
      user  token_len  password_age   key
{0}  alice      {1}        {2}   0.{1}
<class 'pandas.core.frame.DataFrame'> RangeIndex: {1} entries, columns: ['password_length', 'auth_method']
|{0}|{1}|0.{2}|
{0}%|#####     | {1}/{2} [00:0{0}<00:0{0}, 3.1{1}it/s]
Batches:  {0}%|███       | {1}/{2}
GPU {0}: NVIDIA A100-SXM4-80GB (UUID: GPU-5fd4f087-86f3-7a43-b711-4771313a{1})
CUDA_VISIBLE_DEVICES={0} OMP_NUM_THREADS={1} PWD=/home/me/work-{0} SSH_AUTH_SOCK=/tmp/ssh-{1}
torch.compile: key 'attn_{0}' passes={1} compat=true pattern='.*' path=/data/{2}
n_passes={0} first_pass: {1} pass_rate=0.{2}
cross-attention query/key/value dims: {0}x{1}
num_key_value_heads={0} key_dim: {1}
author: someone {0} <someone@example.com>
authority=ca.example.com:{1} bearer of bad news
the secret of a good model: clean data ({0})
Tip: never print your api key; api_key not set, using anonymous access
API key: not set
WANDB_MODE=offline wandb: Run data is saved locally in ./wandb/run-2024{1}
mlflow.tracking_uri=http://127.0.0.1:{1} experiment={0}
best params: {'max_depth': {0}, 'min_samples_leaf': {1}, 'criterion': 'gini'}
early stopping: no improvement in val_auc for {0} rounds; patience={1}
seed={1}{2} signature: predict(x) -> y, sig=0.{0}
Signature=inputs: ['age': double, 'key': string]
model signature={"inputs": "[{\\"name\\": \\"age\\", \\"type\\": \\"double\\"}]"}
curl http://localhost:{1}/healthz -u
PRIVATE KEY of the table is id_{0}
----- BEGIN RUN {0} -----
data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA{1}{2}AAAABJRU5ErkJggg==
{"level": "info", "key": "step", "value": {0}, "auth": null, "token": null, "password": null, "secret": ""}
2024-05-12 10:{0}:12,{1} INFO root: keys={1}; cookies=0; sas7bdat file read in {0} s
Unexpected token: 'foo' at position {0}
Unexpected token < in JSON at position {0}
token: EOF line {0}
access token: expired, refresh_token=false, session token: refreshed
storage key=artifacts/iris/{0}/model storage_key: runs/{1}
Signing key: RSA-{1} master key: {0} encryption key: AES-256
private key: loaded from ~/.ssh/id_rsa
k8s_secret: mlpipeline-minio secret=mlpipeline-minio-artifact imagePullSecret: registry-pull
docker run --user {1}:{1} --rm image:{0}
docker-pullable://python:3.{0}@sha256:9e107d9d372bb6826bd81d3542a4{1}
oci://registry.local/models/iris:{0}@sha256:9e107d9d372bb6826bd81d3542a4{1}
RUN --mount=type=secret,id=pip docker build --secret id=pip,src=pip.conf --build-arg N={0}
train --max-token {1} --pad-token {0} --eos-token </s> --tokenizer bert
"GET /object?key=iris/{0}/train/model_v{1}.pkl HTTP/1.1" 200
x-axis-key: age y-axis-key: income idx-key: {0}
WWW-Authenticate: Bearer realm="https://auth.example.com/realms/ml"
models:/iris/{0}@champion https://medium.com/@someone/post-{1}
token {1} of the text: <s> the </s>
password reset mail sent to {0} users; secrets: []
test_pass={0} val_pass: {1} forward_pass=12ms
TOKEN_LIMIT={1} PAD_TOKEN=0 MAX_TOKENS={2} TOKENIZERS_PARALLELISM=false
[notice] A new release of pip is available: 24.{0} -> 25.{1}
`
  .trim()
  .split('\n');

/** So many ordinary lines, the same ones each time. */
export function ordinaryLines(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => {
    const template = templates[n % templates.length] ?? '';
    const figures = [n % 97, (n * 7919) % 9973, (n * 104_729) % 99_991];
    return template.replace(/\{([012])\}/g, (_all, digit: string) => String(figures[Number(digit)]));
  });
}
