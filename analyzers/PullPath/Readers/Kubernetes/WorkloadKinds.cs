namespace Analyzer.PullPath.Readers.Kubernetes;

/// <summary>
/// Where objects of a kind keep what becomes pods. Paths have dots between keys, <c>[]</c> for every element of a list and <c>*</c> for every key that ends in what
/// follows it.
/// </summary>
/// <param name="Type">Group and kind.</param>
/// <param name="PodSpecs">Pod specifications; the labels of their pods stand beside them.</param>
internal sealed record WorkloadKind(string Type, params string[] PodSpecs)
{
    /// <summary>Images that stand outside of pod specifications.</summary>
    internal string[] Images { get; init; } = [];

    /// <summary>Name of the service account outside of pod specifications.</summary>
    internal string? Account { get; init; }

    /// <summary>Names of pull secrets outside of pod specifications.</summary>
    internal string? Secrets { get; init; }
}

/// <summary>All kinds that are known to make pods. Other objects are searched for lists of containers.</summary>
internal static class WorkloadKinds
{
    private const string Template = "spec.template.spec";

    private static readonly Lazy<Dictionary<string, WorkloadKind>> Table = new(static () => All().ToDictionary(kind => kind.Type, StringComparer.Ordinal));

    /// <summary>The kind of a type, or null.</summary>
    internal static WorkloadKind? Find(string type) => Table.Value.GetValueOrDefault(type);

    private static WorkloadKind[] All() =>
    [
        new("/Pod", "spec"),
        new("/PodTemplate", "template.spec"),
        new("/ReplicationController", Template),
        new("apps/Deployment", Template),
        new("apps/ReplicaSet", Template),
        new("apps/StatefulSet", Template),
        new("apps/DaemonSet", Template),
        new("extensions/Deployment", Template),
        new("extensions/DaemonSet", Template),
        new("extensions/ReplicaSet", Template),
        new("batch/Job", Template),
        new("batch/CronJob", "spec.jobTemplate.spec.template.spec"),
        new("argoproj.io/Rollout", Template),
        Workflow("argoproj.io/Workflow", "spec."),
        Workflow("argoproj.io/WorkflowTemplate", "spec."),
        Workflow("argoproj.io/ClusterWorkflowTemplate", "spec."),
        Workflow("argoproj.io/CronWorkflow", "spec.workflowSpec."),
        new("argoproj.io/AnalysisTemplate", "spec.metrics[].provider.job.spec.template.spec"),
        new("argoproj.io/ClusterAnalysisTemplate", "spec.metrics[].provider.job.spec.template.spec"),
        new("argoproj.io/AnalysisRun", "spec.metrics[].provider.job.spec.template.spec"),
        new("serving.knative.dev/Service", Template),
        new("serving.knative.dev/Configuration", Template),
        new("serving.knative.dev/Revision", "spec"),
        new("sources.knative.dev/ContainerSource", Template),
        new("eventing.knative.dev/ContainerSource", Template),
        new("apps.kruise.io/CloneSet", Template),
        new("apps.kruise.io/StatefulSet", Template),
        new("apps.kruise.io/DaemonSet", Template),
        new("apps.kruise.io/BroadcastJob", Template),
        new("apps.kruise.io/AdvancedCronJob", "spec.template.jobTemplate.spec.template.spec", "spec.template.broadcastJobTemplate.spec.template.spec"),
        new("apps.kruise.io/UnitedDeployment", "spec.template.*Template.spec.template.spec"),
        new("apps.kruise.io/SidecarSet") { Images = ["spec.containers[].image", "spec.initContainers[].image"] },
        new("apps.kruise.io/ImagePullJob") { Images = ["spec.image"], Secrets = "spec.pullSecrets[]" },
        Tekton("tekton.dev/Task", "spec."),
        Tekton("tekton.dev/ClusterTask", "spec."),
        new("tekton.dev/StepAction") { Images = ["spec.image"] },
        Tekton("tekton.dev/Pipeline", "spec.tasks[].taskSpec."),
        Tekton("tekton.dev/TaskRun", "spec.taskSpec.") with { Account = "spec.serviceAccountName", Secrets = "spec.podTemplate.imagePullSecrets[].name" },
        Tekton("tekton.dev/PipelineRun", "spec.pipelineSpec.tasks[].taskSpec.") with
        {
            Account = "spec.taskRunTemplate.serviceAccountName", Secrets = "spec.taskRunTemplate.podTemplate.imagePullSecrets[].name",
        },
        new("jobset.x-k8s.io/JobSet", "spec.replicatedJobs[].template.spec.template.spec"),
        new("batch.volcano.sh/Job", "spec.tasks[].template.spec"),
        new("kubeflow.org/PyTorchJob", "spec.*ReplicaSpecs.*.template.spec"),
        new("kubeflow.org/TFJob", "spec.*ReplicaSpecs.*.template.spec"),
        new("kubeflow.org/MPIJob", "spec.*ReplicaSpecs.*.template.spec"),
        new("kubeflow.org/XGBoostJob", "spec.*ReplicaSpecs.*.template.spec"),
        new("ray.io/RayCluster", "spec.headGroupSpec.template.spec", "spec.workerGroupSpecs[].template.spec"),
        new("ray.io/RayJob", "spec.rayClusterSpec.headGroupSpec.template.spec", "spec.rayClusterSpec.workerGroupSpecs[].template.spec"),
        new("ray.io/RayService", "spec.rayClusterConfig.headGroupSpec.template.spec", "spec.rayClusterConfig.workerGroupSpecs[].template.spec"),
        new("leaderworkerset.x-k8s.io/LeaderWorkerSet", "spec.leaderWorkerTemplate.leaderTemplate.spec", "spec.leaderWorkerTemplate.workerTemplate.spec"),
        new("serving.kserve.io/InferenceService", "spec.predictor", "spec.transformer", "spec.explainer") { Images = ["spec.predictor.model.image"] },
        new("keda.sh/ScaledJob", "spec.jobTargetRef.template.spec"),
        new("sparkoperator.k8s.io/SparkApplication")
        {
            Images = ["spec.image", "spec.driver.image", "spec.executor.image"], Account = "spec.driver.serviceAccount", Secrets = "spec.imagePullSecrets[]",
        },
        new("apps.openshift.io/DeploymentConfig", Template),
        Operated("monitoring.coreos.com/Prometheus"),
        Operated("monitoring.coreos.com/Alertmanager"),
        Operated("monitoring.coreos.com/ThanosRuler"),
        new("postgresql.cnpg.io/Cluster") { Images = ["spec.imageName"], Secrets = "spec.imagePullSecrets[].name" },
        new("actions.github.com/AutoscalingRunnerSet", Template),
        new("actions.summerwind.dev/RunnerDeployment", Template) { Images = ["spec.template.spec.image"] },
    ];

    private static WorkloadKind Workflow(string type, string prefix) => new(type)
    {
        Images =
        [
            prefix + "templates[].container.image", prefix + "templates[].script.image", prefix + "templates[].initContainers[].image",
            prefix + "templates[].sidecars[].image", prefix + "templates[].containerSet.containers[].image",
        ],
        Account = prefix + "serviceAccountName",
        Secrets = prefix + "imagePullSecrets[].name",
    };

    private static WorkloadKind Tekton(string type, string prefix) => new(type)
    {
        Images = [prefix + "steps[].image", prefix + "sidecars[].image", prefix + "stepTemplate.image"],
    };

    private static WorkloadKind Operated(string type) => new(type)
    {
        Images = ["spec.image", "spec.containers[].image", "spec.initContainers[].image"],
        Account = "spec.serviceAccountName",
        Secrets = "spec.imagePullSecrets[].name",
    };
}
