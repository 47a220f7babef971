/** What a kube context makes this machine contact, run and read. */
export interface KubeReach {
  /** The address of the cluster's API server. */
  readonly server: string;
  /** The command that gets the credentials, with its arguments. */
  readonly command: readonly string[] | undefined;
  /** Variables that the kubeconfig sets for the command. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  /** Files whose content signs in: tokens, certificates, keys. */
  readonly files: readonly string[];
  /** Other addresses that are contacted: a proxy, the issuer of tokens. */
  readonly others: readonly string[];
  /** False where any server may pass for the cluster. */
  readonly checksCertificate: boolean;
}
