using Analyzer.Facts.Resources;
using Analyzer.Facts.Text;
using Analyzer.Facts.Values;
using Analyzer.PullPath.Model;

namespace Analyzer.Tests.PullPath.Kubernetes;

/// <summary>Every kind that makes pods, at every path where it may have images, service accounts and pull secrets.</summary>
public class WorkloadKindTests
{
    private const string Pod = "{containers: [{name: a, image: a}], initContainers: [{name: b, image: b, restartPolicy: Always}], volumes: [{image: {reference: c}}], serviceAccountName: sa, imagePullSecrets: [{name: s}]}";

    private const string Job = "{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {template: {spec: " + Pod + "}}}";

    private const string Steps = "{steps: [{image: a}], sidecars: [{image: b}], stepTemplate: {image: c}}";

    private const string Templates =
        "serviceAccountName: sa, imagePullSecrets: [{name: s}], templates: [{container: {image: a}}, {script: {image: b}}, {initContainers: [{image: c}]}, {sidecars: [{image: d}]}, {containerSet: {containers: [{image: e}]}}]";

    private static Workload? Read(string apiVersion, string kind, string rest) =>
        Pipeline.Read(new MemoryFiles([("a.yaml", $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: x}}\n{rest}\n")]), new ProblemLog()).Model.Facts.All<Workload>(Workload.Fields).SingleOrDefault();

    private static string Texts(Value list) => string.Join(' ', ((ListValue)list).Values.Cast<TextValue>().Select(each => each.Known));

    [Theory]
    [InlineData("v1", "Pod", "spec: POD")]
    [InlineData("v1", "PodTemplate", "template: {spec: POD}")]
    [InlineData("v1", "ReplicationController", "spec: {template: {spec: POD}}")]
    [InlineData("apps/v1", "Deployment", "spec: {template: {spec: POD}}")]
    [InlineData("apps/v1", "ReplicaSet", "spec: {template: {spec: POD}}")]
    [InlineData("apps/v1", "StatefulSet", "spec: {template: {spec: POD}}")]
    [InlineData("apps/v1", "DaemonSet", "spec: {template: {spec: POD}}")]
    [InlineData("extensions/v1beta1", "Deployment", "spec: {template: {spec: POD}}")]
    [InlineData("batch/v1", "Job", "spec: {template: {spec: POD}}")]
    [InlineData("batch/v1beta1", "CronJob", "spec: {jobTemplate: {spec: {template: {spec: POD}}}}")]
    [InlineData("argoproj.io/v1alpha1", "Rollout", "spec: {template: {spec: POD}}")]
    [InlineData("argoproj.io/v1alpha1", "AnalysisTemplate", "spec: {metrics: [{provider: {web: {}}}, {provider: {job: {spec: {template: {spec: POD}}}}}]}")]
    [InlineData("argoproj.io/v1alpha1", "ClusterAnalysisTemplate", "spec: {metrics: [{provider: {job: {spec: {template: {spec: POD}}}}}]}")]
    [InlineData("argoproj.io/v1alpha1", "AnalysisRun", "spec: {metrics: [{provider: {job: {spec: {template: {spec: POD}}}}}]}")]
    [InlineData("argoproj.io/v1alpha1", "Sensor", "spec: {triggers: [{template: {k8s: {source: {resource: JOB}}}}]}")]
    [InlineData("serving.knative.dev/v1", "Service", "spec: {template: {spec: POD}}")]
    [InlineData("serving.knative.dev/v1", "Configuration", "spec: {template: {spec: POD}}")]
    [InlineData("serving.knative.dev/v1", "Revision", "spec: POD")]
    [InlineData("sources.knative.dev/v1", "ContainerSource", "spec: {template: {spec: POD}}")]
    [InlineData("apps.kruise.io/v1alpha1", "CloneSet", "spec: {template: {spec: POD}}")]
    [InlineData("apps.kruise.io/v1beta1", "StatefulSet", "spec: {template: {spec: POD}}")]
    [InlineData("apps.kruise.io/v1alpha1", "DaemonSet", "spec: {template: {spec: POD}}")]
    [InlineData("apps.kruise.io/v1alpha1", "BroadcastJob", "spec: {template: {spec: POD}}")]
    [InlineData("apps.kruise.io/v1alpha1", "AdvancedCronJob", "spec: {template: {jobTemplate: {spec: {template: {spec: POD}}}}}")]
    [InlineData("apps.kruise.io/v1alpha1", "AdvancedCronJob", "spec: {template: {broadcastJobTemplate: {spec: {template: {spec: POD}}}}}")]
    [InlineData("apps.kruise.io/v1alpha1", "UnitedDeployment", "spec: {template: {statefulSetTemplate: {spec: {template: {spec: POD}}}}}")]
    [InlineData("apps.kruise.io/v1alpha1", "UnitedDeployment", "spec: {template: {deploymentTemplate: {spec: {template: {spec: POD}}}}}")]
    [InlineData("apps.kruise.io/v1alpha1", "UnitedDeployment", "spec: {template: {cloneSetTemplate: {spec: {template: {spec: POD}}}}}")]
    [InlineData("apps.kruise.io/v1alpha1", "UnitedDeployment", "spec: {template: {advancedStatefulSetTemplate: {spec: {template: {spec: POD}}}}}")]
    [InlineData("jobset.x-k8s.io/v1alpha2", "JobSet", "spec: {replicatedJobs: [{template: {spec: {template: {spec: POD}}}}]}")]
    [InlineData("batch.volcano.sh/v1alpha1", "Job", "spec: {tasks: [{template: {spec: POD}}]}")]
    [InlineData("kubeflow.org/v1", "PyTorchJob", "spec: {pytorchReplicaSpecs: {Worker: {template: {spec: POD}}}}")]
    [InlineData("kubeflow.org/v1", "TFJob", "spec: {tfReplicaSpecs: {PS: {template: {spec: POD}}}}")]
    [InlineData("kubeflow.org/v1", "MPIJob", "spec: {mpiReplicaSpecs: {Launcher: {template: {spec: POD}}}}")]
    [InlineData("kubeflow.org/v1", "XGBoostJob", "spec: {xgbReplicaSpecs: {Master: {template: {spec: POD}}}}")]
    [InlineData("trainer.kubeflow.org/v1alpha1", "TrainingRuntime", "spec: {template: {spec: {replicatedJobs: [{template: {spec: {template: {spec: POD}}}}]}}}")]
    [InlineData("ray.io/v1", "RayCluster", "spec: {headGroupSpec: {template: {spec: POD}}}")]
    [InlineData("ray.io/v1", "RayCluster", "spec: {workerGroupSpecs: [{template: {spec: POD}}]}")]
    [InlineData("ray.io/v1", "RayJob", "spec: {rayClusterSpec: {headGroupSpec: {template: {spec: POD}}}}")]
    [InlineData("ray.io/v1", "RayService", "spec: {rayClusterConfig: {workerGroupSpecs: [{template: {spec: POD}}]}}")]
    [InlineData("leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", "spec: {leaderWorkerTemplate: {leaderTemplate: {spec: POD}}}")]
    [InlineData("leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", "spec: {leaderWorkerTemplate: {workerTemplate: {spec: POD}}}")]
    [InlineData("serving.kserve.io/v1beta1", "InferenceService", "spec: {predictor: POD}")]
    [InlineData("serving.kserve.io/v1beta1", "InferenceService", "spec: {transformer: POD}")]
    [InlineData("serving.kserve.io/v1beta1", "InferenceService", "spec: {explainer: POD}")]
    [InlineData("keda.sh/v1alpha1", "ScaledJob", "spec: {jobTargetRef: {template: {spec: POD}}}")]
    [InlineData("apps.openshift.io/v1", "DeploymentConfig", "spec: {template: {spec: POD}}")]
    [InlineData("actions.github.com/v1alpha1", "AutoscalingRunnerSet", "spec: {template: {spec: POD}}")]
    [InlineData("actions.summerwind.dev/v1alpha1", "RunnerDeployment", "spec: {template: {spec: POD}}")]
    public void Pods_are_read_where_a_kind_specifies_them(string apiVersion, string kind, string rest)
    {
        var workload = Read(apiVersion, kind, rest.Replace("POD", Pod, StringComparison.Ordinal).Replace("JOB", Job, StringComparison.Ordinal))!;
        Assert.Equal(("a b c", "sa", "s"), (Texts(workload.Images), (workload.ServiceAccountName as TextValue)?.Known, Texts(workload.OwnPullSecrets)));
        Assert.Equal((kind, false), (workload.Kind, workload.IsGuessed));
    }

    [Theory]
    [InlineData("argoproj.io/v1alpha1", "Workflow", "spec: {TEMPLATES}", "a b c d e", "sa", "s")]
    [InlineData("argoproj.io/v1alpha1", "WorkflowTemplate", "spec: {TEMPLATES}", "a b c d e", "sa", "s")]
    [InlineData("argoproj.io/v1alpha1", "ClusterWorkflowTemplate", "spec: {TEMPLATES}", "a b c d e", "sa", "s")]
    [InlineData("argoproj.io/v1alpha1", "CronWorkflow", "spec: {workflowSpec: {TEMPLATES}}", "a b c d e", "sa", "s")]
    [InlineData("argoproj.io/v1alpha1", "Workflow", "spec: {serviceAccountName: sa, templates: [{serviceAccountName: other, container: {image: a}}]}", "a", null, "")]
    [InlineData("argoproj.io/v1alpha1", "Sensor", "spec: {template: {container: {image: a}, serviceAccountName: sa, imagePullSecrets: [{name: s}]}}", "a", "sa", "s")]
    [InlineData("argoproj.io/v1alpha1", "Sensor", "spec: {triggers: [{template: {argoWorkflow: {source: {resource: {apiVersion: argoproj.io/v1alpha1, kind: Workflow, spec: {TEMPLATES}}}}}}]}", "a b c d e", "sa", "s")]
    [InlineData("apps.kruise.io/v1alpha1", "SidecarSet", "spec: {containers: [{image: a}], initContainers: [{image: b}]}", "a b", "default", "")]
    [InlineData("apps.kruise.io/v1alpha1", "ImagePullJob", "spec: {image: a, pullSecrets: [s]}", "a", "default", "s")]
    [InlineData("apps.kruise.io/v1alpha1", "NodeImage", "spec: {images: {a: {tags: [{tag: '1'}, {tag: '2'}]}}}", "a:1 a:2", "default", "")]
    [InlineData("tekton.dev/v1", "Task", "spec: STEPS", "a b c", "default", "")]
    [InlineData("tekton.dev/v1beta1", "ClusterTask", "spec: STEPS", "a b c", "default", "")]
    [InlineData("tekton.dev/v1beta1", "StepAction", "spec: {image: a}", "a", "default", "")]
    [InlineData("tekton.dev/v1", "Pipeline", "spec: {tasks: [{taskSpec: STEPS}], finally: [{taskSpec: {steps: [{image: d}]}}]}", "a b c d", "default", "")]
    [InlineData("tekton.dev/v1", "TaskRun", "spec: {serviceAccountName: sa, podTemplate: {imagePullSecrets: [{name: s}]}, taskSpec: STEPS}", "a b c", "sa", "s")]
    [InlineData("tekton.dev/v1", "PipelineRun", "spec: {taskRunTemplate: {serviceAccountName: sa, podTemplate: {imagePullSecrets: [{name: s}]}}, pipelineSpec: {tasks: [{taskSpec: STEPS}]}}", "a b c", "sa", "s")]
    [InlineData("tekton.dev/v1beta1", "PipelineRun", "spec: {serviceAccountName: sa, podTemplate: {imagePullSecrets: [{name: s}]}, pipelineSpec: {tasks: [{taskSpec: STEPS}]}}", "a b c", "sa", "s")]
    [InlineData("trainer.kubeflow.org/v1alpha1", "TrainJob", "spec: {trainer: {image: a}, runtimeRef: {name: r}}", "a", "default", "")]
    [InlineData("serving.kserve.io/v1beta1", "InferenceService", "spec: {predictor: {serviceAccountName: sa, model: {image: a}}}", "a", "sa", "")]
    [InlineData("serving.kserve.io/v1beta1", "InferenceService", "spec: {predictor: {serviceAccountName: sa, sklearn: {image: a}}}", "a", "sa", "")]
    [InlineData("sparkoperator.k8s.io/v1beta2", "SparkApplication", "spec: {image: a, driver: {image: b, serviceAccount: sa}, executor: {image: c}, imagePullSecrets: [s]}", "a b c", "sa", "s")]
    [InlineData("monitoring.coreos.com/v1", "Prometheus", "spec: {image: a, containers: [{image: b}], initContainers: [{image: c}], serviceAccountName: sa, imagePullSecrets: [{name: s}]}", "a b c", "sa", "s")]
    [InlineData("monitoring.coreos.com/v1", "Alertmanager", "spec: {image: a, serviceAccountName: sa, imagePullSecrets: [{name: s}]}", "a", "sa", "s")]
    [InlineData("monitoring.coreos.com/v1", "ThanosRuler", "spec: {image: a, serviceAccountName: sa, imagePullSecrets: [{name: s}]}", "a", "sa", "s")]
    [InlineData("postgresql.cnpg.io/v1", "Cluster", "spec: {imageName: a, imagePullSecrets: [{name: s}]}", "a", "default", "s")]
    [InlineData("actions.summerwind.dev/v1alpha1", "RunnerDeployment", "spec: {template: {spec: {image: a, serviceAccountName: sa, imagePullSecrets: [{name: s}]}}}", "a", "sa", "s")]
    public void Images_outside_of_pods_are_read_too(string apiVersion, string kind, string rest, string images, string? account, string secrets)
    {
        var workload = Read(apiVersion, kind, rest.Replace("TEMPLATES", Templates, StringComparison.Ordinal).Replace("STEPS", Steps, StringComparison.Ordinal))!;
        Assert.Equal((images, account, false), (Texts(workload.Images), (workload.ServiceAccountName as TextValue)?.Known, workload.IsGuessed));
        Assert.Equal((secrets, false), (Texts(workload.OwnPullSecrets), ((ListValue)workload.OwnPullSecrets).IsOpen));
    }

    [Theory]
    [InlineData("argoproj.io/v1alpha1", "Rollout", "spec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: x}}")]
    [InlineData("apiextensions.k8s.io/v1", "CustomResourceDefinition", "spec: {versions: [{schema: {containers: [{name: a, image: x}]}}]}")]
    [InlineData("v1", "ConfigMap", "data: {pod: 'containers: [{name: a, image: x}]'}")]
    [InlineData("example.com/v1", "Thing", "spec: {containers: [{name: a}], image: x}")]
    [InlineData("example.com/v1", "Thing", "spec: {containers: [a, b]}")]
    public void What_makes_no_pods_is_no_workload(string apiVersion, string kind, string rest) => Assert.Null(Read(apiVersion, kind, rest));

    [Fact]
    public void Of_a_kind_that_nobody_knows_nothing_is_proven_absent()
    {
        var workload = Read("example.com/v1", "Thing", "spec: {deep: [{containers: [{name: a, image: x}]}]}")!;
        Assert.True(workload.IsGuessed);
        Assert.Equal("x", Texts(workload.Images));
        Assert.True(((ListValue)workload.OwnPullSecrets).IsOpen && ((ListValue)workload.Env).IsOpen);
        Assert.All([workload.ServiceAccountName, workload.PodLabels, workload.HostNetwork], value => Assert.IsType<UnknownValue>(value));
    }
}
